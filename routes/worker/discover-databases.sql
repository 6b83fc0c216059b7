SELECT d.name AS name,
       d.state_desc AS state,
       d.recovery_model_desc AS recovery_model,
       CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version,
       CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,
       GETUTCDATE() AS utc_now
FROM sys.databases AS d
WHERE d.source_database_id IS NULL
ORDER BY d.name
