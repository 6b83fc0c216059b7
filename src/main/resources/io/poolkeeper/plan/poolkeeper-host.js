// SPDX-License-Identifier: Apache-2.0
// What poolkeeper-host.cmd cannot do by itself: UTC, checked reading of job files, answers. JScript 5.6 for cscript, no more.
//
//   begin               tells that this host lives, and answers jobs that an instance before was killed over
//   next                claims the next job and prints its id and name; prints nothing if there is none
//   answer ID EXIT      moves what the job left into 'out' and writes ID.done, last
//   rootdse NAME        prints a distinguished name of the directory, e.g. configurationNamingContext
//   exists DN           ends with 0 if the directory has this entry
//
// All that it reads in 'in' was written by another machine: a file must be small and consist of plain key=value lines.
var files = new ActiveXObject('Scripting.FileSystemObject');
var environment = new ActiveXObject('WScript.Shell').Environment('PROCESS');
var inFolder = environment('PK_HANDOFF') + '\\in';
var outFolder = environment('PK_HANDOFF') + '\\out';
var workFolder = environment('PK_WORK');
var jobs = environment('PK_JOBS').split(' ');
var MOST_BYTES = 4096;
var NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,250}$/;
var LINE = /^([A-Za-z][A-Za-z0-9]{0,30})=([A-Za-z0-9._:-]{1,250})$/;
var TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/;

function digits(number, length) {
  var text = String(number);
  while (text.length < length) {
    text = '0' + text;
  }
  return text;
}

// The clock of this host in UTC, whatever its time zone: 2026-11-27T16:05:26Z
function utc() {
  var now = new Date();
  return digits(now.getUTCFullYear(), 4) + '-' + digits(now.getUTCMonth() + 1, 2) + '-' + digits(now.getUTCDate(), 2)
      + 'T' + digits(now.getUTCHours(), 2) + ':' + digits(now.getUTCMinutes(), 2) + ':' + digits(now.getUTCSeconds(), 2)
      + 'Z';
}

// Milliseconds, or not a number.
function millis(text) {
  var found = TIME.exec(text);
  return found === null ? NaN : Date.UTC(found[1], found[2] - 1, found[3], found[4], found[5], found[6]);
}

// The values of a text file, or null if it is not one of ours.
function read(path) {
  var file = files.GetFile(path);
  if (file.Size === 0 || file.Size > MOST_BYTES) {
    return null;
  }
  var stream = files.OpenTextFile(path, 1, false, 0);
  var text = stream.ReadAll();
  stream.Close();
  var values = {};
  var lines = text.split('\n');
  for (var i = 0; i < lines.length; i++) {
    var line = lines[i].replace(/\r$/, '');
    if (line === '' && i === lines.length - 1) {
      continue;
    }
    var found = LINE.exec(line);
    if (found === null || values.hasOwnProperty(found[1])) {
      return null;
    }
    values[found[1]] = found[2];
  }
  return values;
}

// Visible whole or not at all.
function write(path, lines) {
  var stream = files.CreateTextFile(path + '.tmp', true, false);
  stream.Write(lines.join('\r\n') + '\r\n');
  stream.Close();
  if (files.FileExists(path)) {
    files.DeleteFile(path, true);
  }
  files.MoveFile(path + '.tmp', path);
}

function list(folder, ending) {
  var names = [];
  for (var all = new Enumerator(files.GetFolder(folder).Files); !all.atEnd(); all.moveNext()) {
    var name = String(all.item().Name);
    if (name.length > ending.length && name.slice(-ending.length) === ending) {
      names.push(name.slice(0, -ending.length));
    }
  }
  names.sort();
  return names;
}

function remove(path) {
  if (files.FileExists(path)) {
    files.DeleteFile(path, true);
  }
  if (files.FolderExists(path)) {
    files.DeleteFolder(path, true);
  }
}

function makeFolder(path) {
  if (!files.FolderExists(path)) {
    files.CreateFolder(path);
  }
}

// What is said of the job itself in every answer.
function about(job) {
  return [
    'version=1',
    'job=' + (job.job || 'unknown'),
    'run=' + (job.run || 'unknown'),
    'step=' + (job.step || 'unknown'),
    'attempt=' + (job.attempt || '0')
  ];
}

// Answers a job of which nothing was run, or nobody knows what.
function refuse(id, job, state, reason) {
  var now = utc();
  var lines = about(job).concat(['state=' + state, 'exit=0', 'started=' + now, 'ended=' + now]);
  if (reason !== '') {
    lines.push('reason=' + reason);
  }
  write(outFolder + '\\' + id + '.done', lines);
}

function begin() {
  makeFolder(inFolder);
  makeFolder(outFolder);
  var lines = ['version=1', 'release=' + environment('PK_RELEASE'), 'commands=' + environment('PK_COMMANDS'), 'utc=' + utc()];
  for (var i = 0; i < jobs.length; i++) {
    if (jobs[i] !== '') {
      lines.push('can' + (i + 1) + '=' + jobs[i]);
    }
  }
  write(outFolder + '\\alive.txt', lines);
  // This instance alone runs, so whoever claimed these is gone. They are not run again: who asked decides.
  var claimed = list(inFolder, '.claimed');
  for (var c = 0; c < claimed.length; c++) {
    var path = inFolder + '\\' + claimed[c] + '.claimed';
    if (NAME.test(claimed[c])) {
      remove(outFolder + '\\' + claimed[c] + '.part');
      remove(workFolder + '\\' + claimed[c]);
      if (!files.FileExists(outFolder + '\\' + claimed[c] + '.done')) {
        refuse(claimed[c], read(path) || {}, 'interrupted', '');
      }
    }
    remove(path);
  }
}

// Why a job is not run; empty if it is.
function objection(job) {
  if (job === null || !job.job || !job.run || !job.step || !job.attempt || isNaN(millis(job.notAfter))) {
    return 'malformed';
  }
  for (var i = 0; i < jobs.length; i++) {
    if (jobs[i] === job.job) {
      return job.commands === environment('PK_COMMANDS') ? '' : 'other-commands';
    }
  }
  return 'not-in-list';
}

function next() {
  var waiting = list(inFolder, '.job');
  for (var i = 0; i < waiting.length; i++) {
    var id = waiting[i];
    var path = inFolder + '\\' + id + '.job';
    if (!NAME.test(id)) {
      continue;
    }
    var claimed = inFolder + '\\' + id + '.claimed';
    try {
      files.MoveFile(path, claimed);
    } catch (e) {
      continue; // it was taken back meanwhile
    }
    var job = read(claimed);
    var why = objection(job);
    if (why !== '') {
      refuse(id, job || {}, 'refused', why);
      remove(claimed);
    } else if (millis(utc()) > millis(job.notAfter)) {
      refuse(id, job, 'expired', '');
      remove(claimed);
    } else {
      write(workFolder + '\\started.txt', [utc()]);
      WScript.Echo(id + ' ' + job.job);
      return;
    }
  }
}

function answer(id, exit) {
  var claimed = inFolder + '\\' + id + '.claimed';
  var job = read(claimed);
  var part = outFolder + '\\' + id + '.part';
  var whole = outFolder + '\\' + id + '.files';
  remove(part);
  remove(whole);
  files.CreateFolder(part);
  var lines = about(job || {}).concat(['state=done', 'exit=' + exit, 'started=' + started(), 'ended=' + utc()]);
  var left = [workFolder + '\\output.txt'];
  for (var all = new Enumerator(files.GetFolder(workFolder + '\\' + id).Files); !all.atEnd(); all.moveNext()) {
    left.push(String(all.item().Path));
  }
  var told = 0;
  for (var i = 0; i < left.length; i++) {
    var name = files.GetFileName(left[i]);
    if (NAME.test(name)) {
      files.CopyFile(left[i], part + '\\' + name, true);
      told++;
      lines.push('file' + told + '=' + name);
      lines.push('size' + told + '=' + files.GetFile(part + '\\' + name).Size);
    }
  }
  files.MoveFolder(part, whole);
  write(outFolder + '\\' + id + '.done', lines);
  remove(claimed);
  remove(workFolder + '\\' + id);
  remove(workFolder + '\\output.txt');
}

function started() {
  var stream = files.OpenTextFile(workFolder + '\\started.txt', 1, false, 0);
  var time = stream.ReadLine();
  stream.Close();
  return time;
}

var words = WScript.Arguments;
try {
  switch (words(0)) {
    case 'begin':
      begin();
      break;
    case 'next':
      next();
      break;
    case 'answer':
      if (!NAME.test(words(1)) || !/^-?[0-9]{1,10}$/.test(words(2))) {
        throw new Error('answer needs an id and an exit code');
      }
      answer(words(1), words(2));
      break;
    case 'rootdse':
      WScript.Echo(GetObject('LDAP://RootDSE').Get(words(1)));
      break;
    case 'exists':
      GetObject('LDAP://' + words(1).replace(/\//g, '\\/'));
      break;
    default:
      throw new Error('unknown word ' + words(0));
  }
} catch (e) {
  WScript.StdErr.WriteLine('poolkeeper-host.js ' + words(0) + ': ' + (e.message || e.description || e.number));
  WScript.Quit(1);
}
