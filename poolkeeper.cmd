@echo off
rem Poolkeeper's launcher for Windows. Needs Java 17 or newer on the PATH or in JAVA_HOME, and in a clone Maven.
setlocal
set "HOME_DIR=%~dp0"
if "%HOME_DIR:~-1%"=="\" set "HOME_DIR=%HOME_DIR:~0,-1%"
set "JAR=%HOME_DIR%\target\poolkeeper.jar"
if not exist "%JAR%" (
    echo poolkeeper: building, first use; this takes a minute or two 1>&2
    pushd "%HOME_DIR%"
    call mvn -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true package 1>&2
    popd
)
if not exist "%JAR%" (
    echo poolkeeper: the build failed. HINT: see the lines above 1>&2
    exit /b 70
)
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
rem What POOLKEEPER_JAVA_OPTIONS says comes last, so it counts more (docs/services.md).
set "HEAP=-Xmx1g"
if /i "%~1"=="serve" set "HEAP=-Xmx1g -Xms16m -XX:MaxNewSize=12m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25"
"%JAVA%" -XX:+UseSerialGC %HEAP% %POOLKEEPER_JAVA_OPTIONS% -Dpoolkeeper.home="%HOME_DIR%" -cp "%JAR%;%HOME_DIR%\target\poolkeeper-lab.jar;%HOME_DIR%\target\lab-lib\*" io.poolkeeper.cli.Poolkeeper %*
exit /b %ERRORLEVEL%
