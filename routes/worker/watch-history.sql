SELECT b.database_name AS database_name,
       b.backup_set_id AS id,
       o.mine AS mine,
       b.type AS type,
       b.name AS name,
       b.user_name AS user_name,
       b.backup_finish_date AS finished,
       b.is_snapshot AS is_snapshot,
       b.recovery_model AS recovery_model,
       d.recovery_model_desc AS recovery_model_now,
       f.physical_device_name AS device
FROM msdb.dbo.backupset AS b
JOIN sys.databases AS d ON d.name = b.database_name
JOIN (SELECT database_name, MAX(backup_set_id) AS mine
      FROM msdb.dbo.backupset
      WHERE name LIKE 'poolkeeper %' AND is_copy_only = 0
      GROUP BY database_name) AS o ON o.database_name = b.database_name
LEFT JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = b.media_set_id
WHERE b.backup_set_id >= o.mine AND b.is_copy_only = 0 AND b.type IN ('D', 'I', 'L')
ORDER BY b.backup_set_id
