SELECT b.database_name AS database_name,
       CAST(b.backup_set_uuid AS nvarchar(36)) AS uuid,
       b.backup_set_id AS id,
       b.type AS type,
       b.position AS position,
       b.time_zone AS time_zone,
       b.backup_finish_date AS finished,
       b.is_snapshot AS is_snapshot,
       b.is_damaged AS is_damaged,
       b.is_copy_only AS is_copy_only,
       b.has_backup_checksums AS has_backup_checksums,
       b.name AS name,
       b.user_name AS user_name,
       CAST(b.first_lsn AS nvarchar(30)) AS first_lsn,
       CAST(b.last_lsn AS nvarchar(30)) AS last_lsn,
       CAST(b.checkpoint_lsn AS nvarchar(30)) AS checkpoint_lsn,
       CAST(b.database_backup_lsn AS nvarchar(30)) AS database_backup_lsn,
       f.physical_device_name AS device,
       f.device_type AS device_type,
       GETDATE() AS server_now,
       GETUTCDATE() AS utc_now
FROM msdb.dbo.backupset AS b
JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = b.media_set_id
WHERE b.type IN ('D', 'I', 'L')
  AND f.mirror = 0
  AND b.backup_set_id >= COALESCE(
      (SELECT MAX(u.backup_set_id)
       FROM msdb.dbo.backupset AS u
       WHERE u.database_name = b.database_name
         AND u.type = 'D'
         AND u.is_damaged = 0
         AND u.is_snapshot = 0
         AND (u.name IS NULL OR u.name NOT LIKE 'poolkeeper 2%')),
      0)
ORDER BY b.backup_set_id, f.family_sequence_number
