@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Poolkeeper on a host without Java. Task Scheduler runs this every minute; see README.txt beside it.
rem It needs cmd and cscript alone, as Windows Server 2003 to 2008 R2 have them.
rem
rem What it does: tells that the host lives, takes the jobs that lie in the folder 'in', runs the command lines that
rem poolkeeper-jobs.cmd has for them and leaves what they wrote, with an answer, in 'out'. A job names a job and never a
rem command. Everything about dates, names and files is done by poolkeeper-host.js: cmd knows no UTC, and what stands in a
rem file of others must not be expanded by it.
setlocal enableextensions disabledelayedexpansion
set "PK_HERE=%~dp0"
set "PK_WORK=%~dp0work"
call "%PK_HERE%poolkeeper-jobs.cmd"
if not exist "%PK_WORK%\." md "%PK_WORK%"

rem One instance at a time: whoever has the file open for writing as handle 9 keeps others from opening it, and Windows closes
rem it whatever becomes of this script and of the programs that it started. A second instance ends here, without harm.
call :main 9>"%PK_WORK%\running.lock"
exit /b 0

:main
cscript //nologo //e:jscript "%PK_HERE%poolkeeper-host.js" begin
if errorlevel 1 exit /b 1

:again
set "PK_ID="
set "PK_JOB="
for /f "usebackq tokens=1,2" %%a in (`cscript //nologo //e:jscript "%PK_HERE%poolkeeper-host.js" next`) do (
  set "PK_ID=%%a"
  set "PK_JOB=%%b"
)
if not defined PK_JOB exit /b 0
set "PK_FOLDER=%PK_WORK%\%PK_ID%"
if exist "%PK_FOLDER%\." rd /s /q "%PK_FOLDER%"
md "%PK_FOLDER%"
call "%PK_HERE%poolkeeper-jobs.cmd" %PK_JOB% >"%PK_WORK%\output.txt" 2>&1
cscript //nologo //e:jscript "%PK_HERE%poolkeeper-host.js" answer %PK_ID% %errorlevel%
if errorlevel 1 exit /b 1
goto :again
