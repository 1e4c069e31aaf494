-- A store of format 1 as the program wrote it: sqlite3 FILE .dump, with the marks of the file at the end.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE article (
    key            integer primary key,
    id             text not null unique,
    title          text not null,
    published      text not null,
    published_from text not null,
    source         text not null,
    url            text not null,
    sha256         text not null,
    furniture      text not null, -- JSON
    text           text not null  -- empty where it was left out
) strict;
INSERT INTO article VALUES(1,'a','About a','2010-12-09','','Wire','https://news.example/a','e88f9fb674725ee23d2d90ad0436fa0ba1454353a7840c09376071966eeaed26','',replace('Sentence 1 of a tells of that.\nSentence 2 of a tells of that.\nSentence 3 of a tells of that.\nSentence 4 of a tells of that.\nSentence 5 of a tells of that.\nSentence 6 of a tells of that.\nSentence 7 of a tells of that.\nSentence 8 of a tells of that.\nSentence 9 of a tells of that.\nSentence 10 of a tells of that.\nSentence 11 of a tells of that.\nSentence 12 of a tells of that.\nSentence 13 of a tells of that.\nSentence 14 of a tells of that.\nSentence 15 of a tells of that.\nSentence 16 of a tells of that.\nSentence 17 of a tells of that.\nSentence 18 of a tells of that.\nSentence 19 of a tells of that.\nSentence 20 of a tells of that.\nSentence 21 of a tells of that.\nSentence 22 of a tells of that.\nSentence 23 of a tells of that.\nSentence 24 of a tells of that.\nSentence 25 of a tells of that.\nSentence 26 of a tells of that.\nSentence 27 of a tells of that.\nSentence 28 of a tells of that.\nSentence 29 of a tells of that.\nSentence 30 of a tells of that.\nSentence 31 of a tells of that.\nSentence 32 of a tells of that.\nSentence 33 of a tells of that.\nSentence 34 of a tells of that.\nSentence 35 of a tells of that.\nSentence 36 of a tells of that.\nSentence 37 of a tells of that.\nSentence 38 of a tells of that.\nSentence 39 of a tells of that.\nSentence 40 of a tells of that.\nSentence 41 of a tells of that.\nSentence 42 of a tells of that.\nSentence 43 of a tells of that.\nSentence 44 of a tells of that.\nSentence 45 of a tells of that.\nSentence 46 of a tells of that.\nSentence 47 of a tells of that.\nSentence 48 of a tells of that.\nSentence 49 of a tells of that.\nSentence 50 of a tells of that.\nSentence 51 of a tells of that.\nSentence 52 of a tells of that.\nSentence 53 of a tells of that.\nSentence 54 of a tells of that.\nSentence 55 of a tells of that.\nSentence 56 of a tells of that.\nSentence 57 of a tells of that.\nSentence 58 of a tells of that.\nSentence 59 of a tells of that.\nSentence 60 of a tells of that.\n','\n',char(10)));
INSERT INTO article VALUES(2,'b','About b','','','Wire','https://news.example/b','5bef7f85f50e65e54861ccc783386423b17e39642cd193230a631bda4c01969a','',replace('Sentence 1 of b tells of that.\nSentence 2 of b tells of that.\nSentence 3 of b tells of that.\nSentence 4 of b tells of that.\nSentence 5 of b tells of that.\nSentence 6 of b tells of that.\nSentence 7 of b tells of that.\nSentence 8 of b tells of that.\nSentence 9 of b tells of that.\nSentence 10 of b tells of that.\nSentence 11 of b tells of that.\nSentence 12 of b tells of that.\nSentence 13 of b tells of that.\nSentence 14 of b tells of that.\nSentence 15 of b tells of that.\nSentence 16 of b tells of that.\nSentence 17 of b tells of that.\nSentence 18 of b tells of that.\nSentence 19 of b tells of that.\nSentence 20 of b tells of that.\nSentence 21 of b tells of that.\nSentence 22 of b tells of that.\nSentence 23 of b tells of that.\nSentence 24 of b tells of that.\nSentence 25 of b tells of that.\nSentence 26 of b tells of that.\nSentence 27 of b tells of that.\nSentence 28 of b tells of that.\nSentence 29 of b tells of that.\nSentence 30 of b tells of that.\nSentence 31 of b tells of that.\nSentence 32 of b tells of that.\nSentence 33 of b tells of that.\nSentence 34 of b tells of that.\nSentence 35 of b tells of that.\nSentence 36 of b tells of that.\nSentence 37 of b tells of that.\nSentence 38 of b tells of that.\nSentence 39 of b tells of that.\nSentence 40 of b tells of that.\nSentence 41 of b tells of that.\nSentence 42 of b tells of that.\nSentence 43 of b tells of that.\nSentence 44 of b tells of that.\nSentence 45 of b tells of that.\nSentence 46 of b tells of that.\nSentence 47 of b tells of that.\nSentence 48 of b tells of that.\nSentence 49 of b tells of that.\nSentence 50 of b tells of that.\nSentence 51 of b tells of that.\nSentence 52 of b tells of that.\nSentence 53 of b tells of that.\nSentence 54 of b tells of that.\nSentence 55 of b tells of that.\nSentence 56 of b tells of that.\nSentence 57 of b tells of that.\nSentence 58 of b tells of that.\nSentence 59 of b tells of that.\nSentence 60 of b tells of that.\n','\n',char(10)));
INSERT INTO article VALUES(3,'c','About c','2011-02','','Daily','https://news.example/c','6ed739277a7e55b67be83ab9ca36e7ac29025a863cabf1de3cb0b7056d6445c2','',replace('Sentence 1 of c tells of that.\nSentence 2 of c tells of that.\nSentence 3 of c tells of that.\nSentence 4 of c tells of that.\nSentence 5 of c tells of that.\nSentence 6 of c tells of that.\nSentence 7 of c tells of that.\nSentence 8 of c tells of that.\nSentence 9 of c tells of that.\nSentence 10 of c tells of that.\nSentence 11 of c tells of that.\nSentence 12 of c tells of that.\nSentence 13 of c tells of that.\nSentence 14 of c tells of that.\nSentence 15 of c tells of that.\nSentence 16 of c tells of that.\nSentence 17 of c tells of that.\nSentence 18 of c tells of that.\nSentence 19 of c tells of that.\nSentence 20 of c tells of that.\nSentence 21 of c tells of that.\nSentence 22 of c tells of that.\nSentence 23 of c tells of that.\nSentence 24 of c tells of that.\nSentence 25 of c tells of that.\nSentence 26 of c tells of that.\nSentence 27 of c tells of that.\nSentence 28 of c tells of that.\nSentence 29 of c tells of that.\nSentence 30 of c tells of that.\nSentence 31 of c tells of that.\nSentence 32 of c tells of that.\nSentence 33 of c tells of that.\nSentence 34 of c tells of that.\nSentence 35 of c tells of that.\nSentence 36 of c tells of that.\nSentence 37 of c tells of that.\nSentence 38 of c tells of that.\nSentence 39 of c tells of that.\nSentence 40 of c tells of that.\nSentence 41 of c tells of that.\nSentence 42 of c tells of that.\nSentence 43 of c tells of that.\nSentence 44 of c tells of that.\nSentence 45 of c tells of that.\nSentence 46 of c tells of that.\nSentence 47 of c tells of that.\nSentence 48 of c tells of that.\nSentence 49 of c tells of that.\nSentence 50 of c tells of that.\nSentence 51 of c tells of that.\nSentence 52 of c tells of that.\nSentence 53 of c tells of that.\nSentence 54 of c tells of that.\nSentence 55 of c tells of that.\nSentence 56 of c tells of that.\nSentence 57 of c tells of that.\nSentence 58 of c tells of that.\nSentence 59 of c tells of that.\nSentence 60 of c tells of that.\n','\n',char(10)));
CREATE TABLE reading (
    key       integer primary key,
    article   integer not null references article (key),
    extractor text not null,
    version   text not null,
    body      text not null, -- JSON: entities and triples
    unique (article, extractor)
) strict;
INSERT INTO reading VALUES(1,1,'rules','1','{"entities":[{"id":"NATO","kind":"organization","name":"Name of NATO"},{"id":"RUS","kind":"state","name":"Russia"},{"id":"d-r","kind":"person","name":"Name of d-r"}],"triples":[{"id":"bb37340fe55d9f7e","subject":"RUS","relation":"ACCUSE","object":"NATO","role":"","date":"","reported":"2010-12-09","evidence":[{"id":"ff13f83188bb5dce","start":0,"end":30,"quote":"Sentence 1 of a tells of that.","status":"asserted","agent":"d-r","mode":"allege"}]},{"id":"03a43ca85b67828d","subject":"NATO","relation":"AGREE","object":"RUS","role":"","date":"2010-12-08","reported":"","evidence":[{"id":"1344e2518381be5d","start":31,"end":61,"quote":"Sentence 2 of a tells of that.","status":"asserted","contexts":["military","cyber"],"confidence":0.8}]},{"id":"0246ed349f1b24fb","subject":"d-r","relation":"REPRESENTS","object":"RUS","role":"envoy","date":"","reported":"","evidence":[{"id":"f4bfaa951e9ec93d","start":62,"end":92,"quote":"Sentence 3 of a tells of that.","status":"asserted","from":"2008"}]}]}');
INSERT INTO reading VALUES(2,2,'rules','1','{"entities":[{"id":"AFG","kind":"state","name":"Afghanistan"},{"id":"NATO","kind":"organization","name":"Name of NATO"},{"id":"RUS","kind":"state","name":"Russia"},{"id":"SUN","kind":"state","name":"Soviet Union"},{"id":"UN","kind":"organization","name":"Name of UN"}],"triples":[{"id":"03a43ca85b67828d","subject":"NATO","relation":"AGREE","object":"RUS","role":"","date":"2010-12-08","reported":"","evidence":[{"id":"707e5ae2456f784a","start":0,"end":30,"quote":"Sentence 1 of b tells of that.","status":"negated","speaker":"SUN","mediators":["UN"]}]},{"id":"dd14498cb0abf69d","subject":"SUN","relation":"ASSAULT","object":"AFG","role":"","date":"1979","reported":"","evidence":[{"id":"eae5d52911f34b3f","start":31,"end":61,"quote":"Sentence 2 of b tells of that.","status":"asserted"}]},{"id":"327f853b2bf37c91","subject":"RUS","relation":"CONSULT","object":"SUN","role":"","date":"","reported":"","article":"b","evidence":[{"id":"5d5983b16b5683a3","start":62,"end":92,"quote":"Sentence 3 of b tells of that.","status":"asserted"}]}]}');
INSERT INTO reading VALUES(3,3,'rules','1','{"entities":[],"triples":[]}');
CREATE TABLE decision (
    from_id text primary key,
    into_id text not null,
    by      text not null,
    why     text not null,
    at      text not null
) strict;
INSERT INTO decision VALUES('SUN','RUS','tester','successor','2026-01-02T03:04:05Z');
CREATE TABLE run (
    key     integer primary key,
    started text not null,
    ended   text not null,
    body    text not null -- JSON
) strict;
INSERT INTO run VALUES(1,'2026-01-02T03:04:05Z','2026-01-02T03:04:06Z','{"started":"2026-01-02T03:04:05Z","ended":"2026-01-02T03:04:06Z","arguments":["load","x"],"extractor":{"name":"","version":""},"version":"","read":3,"skipped":0,"failed":0,"changes":{"articles":{"added":0,"changed":0,"removed":0},"entities":{"added":0,"changed":0,"removed":0},"triples":{"added":0,"changed":0,"removed":0},"evidence":{"added":0,"changed":0,"removed":0}}}');
CREATE TABLE relation (
    name       text primary key,
    tie        integer not null,
    quad       text not null,
    label      text not null,
    definition text not null
) strict;
INSERT INTO relation VALUES('AGREE',0,'verbal-cooperation','agrees with','agrees, promises, offers or accepts to cooperate');
INSERT INTO relation VALUES('CONSULT',0,'verbal-cooperation','consults with','meets, visits, telephones, negotiates or mediates');
INSERT INTO relation VALUES('SUPPORT',0,'verbal-cooperation','supports','praises, endorses, recognises, defends in words, signs or opens non-material cooperation');
INSERT INTO relation VALUES('CONCEDE',0,'verbal-cooperation','concedes to','gives way in words or law: eases a measure, releases, apologises, yields');
INSERT INTO relation VALUES('COOPERATE',0,'material-cooperation','cooperates with','works together materially: joint exercise or programme, trade carried out, shared intelligence');
INSERT INTO relation VALUES('AID',0,'material-cooperation','aids','gives money, goods, arms, troops, protection or asylum');
INSERT INTO relation VALUES('RETREAT',0,'material-cooperation','retreats before','gives way in deeds: withdraws forces, keeps a ceasefire, disarms, surrenders');
INSERT INTO relation VALUES('REQUEST',0,'verbal-conflict','asks','asks, urges, demands or proposes that the other act');
INSERT INTO relation VALUES('ACCUSE',0,'verbal-conflict','accuses','criticises, blames, condemns, complains of, investigates or sues');
INSERT INTO relation VALUES('REJECT',0,'verbal-conflict','rejects','refuses, vetoes, denies a request, breaks off or cancels talks');
INSERT INTO relation VALUES('THREATEN',0,'verbal-conflict','threatens','warns of a measure, threatens, gives an ultimatum');
INSERT INTO relation VALUES('PROTEST',0,'material-conflict','protests against','civilians demonstrate, strike, boycott or riot against');
INSERT INTO relation VALUES('SANCTION',0,'material-conflict','sanctions','imposes sanctions or tariffs, expels, recalls an envoy, cuts relations or aid');
INSERT INTO relation VALUES('MOBILIZE',0,'material-conflict','mobilizes against','deploys, moves or alerts forces, stages a show of force');
INSERT INTO relation VALUES('COERCE',0,'material-conflict','coerces','arrests, seizes, blockades, spies on, violates borders, attacks by cyber means');
INSERT INTO relation VALUES('ASSAULT',0,'material-conflict','attacks','uses force: attacks, bombs, shoots at, invades, kills');
INSERT INTO relation VALUES('REPRESENTS',1,'','represents','person holds an office through which he or she acts for a state or organisation, without heading it');
INSERT INTO relation VALUES('LEADS',1,'','leads','person heads a state, its government or an organisation');
INSERT INTO relation VALUES('MEMBER_OF',1,'','is a member of','state or organisation belongs to an organisation');
CREATE TABLE declaration (
    entity      text not null,
    description text not null, -- JSON
    readings    integer not null,
    primary key (entity, description)
) strict, without rowid;
INSERT INTO declaration VALUES('AFG','{"id":"AFG","kind":"state","name":"Afghanistan"}',1);
INSERT INTO declaration VALUES('NATO','{"id":"NATO","kind":"organization","name":"Name of NATO"}',2);
INSERT INTO declaration VALUES('RUS','{"id":"RUS","kind":"state","name":"Russia"}',2);
INSERT INTO declaration VALUES('SUN','{"id":"SUN","kind":"state","name":"Soviet Union"}',1);
INSERT INTO declaration VALUES('UN','{"id":"UN","kind":"organization","name":"Name of UN"}',1);
INSERT INTO declaration VALUES('d-r','{"id":"d-r","kind":"person","name":"Name of d-r"}',1);
CREATE TABLE entity (
    id      text primary key,
    kind    text not null,
    name    text not null,
    aliases text not null, -- JSON
    state   text not null,
    codes   text not null  -- JSON
) strict;
INSERT INTO entity VALUES('NATO','organization','Name of NATO','','','');
INSERT INTO entity VALUES('d-r','person','Name of d-r','','','');
INSERT INTO entity VALUES('AFG','state','Afghanistan','','','');
INSERT INTO entity VALUES('UN','organization','Name of UN','','','');
INSERT INTO entity VALUES('RUS','state','Russia','["Soviet Union"]','','');
CREATE TABLE triple (
    key         integer primary key,
    id          text not null unique,
    subject     text not null,
    relation    text not null,
    object      text not null,
    role        text not null,
    date        text not null,
    reported    text not null,
    article     text not null,    -- id; only where neither date nor reported is known
    tie         integer not null,
    position    text not null,    -- sorts triples
    first_day   text,             -- of date or else reported
    last_day    text,
    claim_first integer not null, -- days on which it may have been, from 1970-01-01
    claim_last  integer not null,
    says        integer not null, -- set of what its evidences say
    status      text not null,
    mode        text not null,
    contexts    text not null,    -- JSON
    mediators   text not null,    -- JSON
    places      text not null,    -- JSON
    basis       text not null,
    score       real not null,
    sources     integer not null,
    confidence  real not null,
    since       text not null,
    until       text not null,
    first_seen  text not null,
    last_seen   text not null
) strict;
INSERT INTO triple VALUES(1,'03a43ca85b67828d','NATO','AGREE','RUS','','2010-12-08','','',0,'2010-12-08 NATO AGREE RUS 2010-12-08','2010-12-08','2010-12-08',14951,14951,3,'disputed','','["cyber","military"]','["UN"]','','',2.5,2,0.8000000000000000444,'','','','');
INSERT INTO triple VALUES(2,'bb37340fe55d9f7e','RUS','ACCUSE','NATO','','','2010-12-09','',0,'2010-12-09 RUS ACCUSE NATO ~2010-12-09','2010-12-09','2010-12-09',14922,14952,1,'asserted','allege','','','','',-3.5,1,0.0,'','','','');
INSERT INTO triple VALUES(3,'0246ed349f1b24fb','d-r','REPRESENTS','RUS','envoy','','','',1,'~ d-r REPRESENTS RUS "envoy"',NULL,NULL,-2147483648,2147483647,1,'asserted','','','','','',0.0,1,0.0,'2008','','2010-12-09','2010-12-09');
INSERT INTO triple VALUES(4,'a7aed99358edb791','RUS','ASSAULT','AFG','','1979','','',0,'1979-01-01 RUS ASSAULT AFG 1979','1979-01-01','1979-12-31',3287,3651,1,'asserted','','','','','',-9.0,1,0.0,'','','','');
CREATE TABLE statement (
    reading      integer not null references reading (key),
    id           text not null,
    triple       integer references triple (key),
    start_byte   integer not null,
    end_byte     integer not null,
    quote        text not null,
    status       text not null,
    speaker      text not null,
    agent        text not null,
    object_agent text not null,
    initiator    text not null,
    mediators    text not null, -- JSON
    mode         text not null,
    contexts     text not null, -- JSON
    place        text not null,
    basis        text not null,
    since        text not null,
    until        text not null,
    former       integer not null,
    clause       integer not null,
    rule         text not null,
    model        text not null,
    confidence   real not null,
    primary key (reading, id)
) strict, without rowid;
INSERT INTO statement VALUES(1,'1344e2518381be5d',1,31,61,'Sentence 2 of a tells of that.','asserted','','','','','','','["military","cyber"]','','','','',0,0,'','',0.8000000000000000444);
INSERT INTO statement VALUES(1,'f4bfaa951e9ec93d',3,62,92,'Sentence 3 of a tells of that.','asserted','','','','','','','','','','2008','',0,0,'','',0.0);
INSERT INTO statement VALUES(1,'ff13f83188bb5dce',2,0,30,'Sentence 1 of a tells of that.','asserted','','d-r','','','','allege','','','','','',0,0,'','',0.0);
INSERT INTO statement VALUES(2,'5d5983b16b5683a3',NULL,62,92,'Sentence 3 of b tells of that.','asserted','','','','','','','','','','','',0,0,'','',0.0);
INSERT INTO statement VALUES(2,'707e5ae2456f784a',1,0,30,'Sentence 1 of b tells of that.','negated','RUS','','','','["UN"]','','','','','','',0,0,'','',0.0);
INSERT INTO statement VALUES(2,'eae5d52911f34b3f',4,31,61,'Sentence 2 of b tells of that.','asserted','','','','','','','','','','','',0,0,'','',0.0);
CREATE TABLE former (
    reading integer not null references reading (key),
    id      text not null,
    triple  text not null,
    primary key (reading, id)
) strict, without rowid;
INSERT INTO former VALUES(2,'dd14498cb0abf69d','a7aed99358edb791');
CREATE TABLE dyad (
    a         text not null,
    b         text not null,
    events    integer not null,
    net       real not null,
    coop      real not null,
    conf      real not null,
    first_day text,
    last_day  text,
    primary key (a, b)
) strict, without rowid;
INSERT INTO dyad VALUES('AFG','RUS',1,-9.0,0.0,-9.0,'1979-01-01','1979-12-31');
INSERT INTO dyad VALUES('NATO','RUS',2,-1.0,2.5,-3.5,'2010-12-08','2010-12-09');
CREATE INDEX triple_position on triple (position);
CREATE INDEX triple_claim on triple (subject, object, relation, claim_first, claim_last, says, status);
CREATE INDEX triple_object on triple (object, subject);
CREATE INDEX statement_triple on statement (triple);
CREATE INDEX former_id on former (id);
CREATE VIEW triples as
select t.id, coalesce(nullif(t.date, ''), nullif('~' || t.reported, '~'), '') as "when", t.first_day, t.last_day,
       t.subject, s.name as subject_name, t.relation, r.label, t.object, o.name as object_name, t.role, t.status, t.mode, r.quad, t.score,
       t.sources, round(t.confidence, 3) as confidence, t.basis, t.contexts, t.mediators, t.places,
       t.since, t.until, t.first_seen, t.last_seen
from triple t
join relation r on r.name = t.relation
left join entity s on s.id = t.subject
left join entity o on o.id = t.object
order by t.position;
CREATE VIEW edges as
select id, subject, relation, object, role, status, date, first_day, last_day, basis, score, sources, confidence
from triple
where status in ('asserted', 'disputed')
order by position;
CREATE VIEW evidence as
select e.id, t.id as triple, t.subject, t.relation, t.object, coalesce(nullif(t.date, ''), nullif('~' || t.reported, '~'), '') as "when",
       e.status, e.quote, e.speaker, e.agent, e.object_agent, e.initiator, e.mediators, e.mode, e.contexts, e.place, e.basis,
       e.since, e.until, e.former, e.rule, e.model, e.confidence, d.extractor,
       a.id as article, a.published, a.source, a.title, a.url, e.start_byte, e.end_byte
from statement e
join triple t on t.key = e.triple
join reading d on d.key = e.reading
join article a on a.key = d.article
order by t.position, a.published, a.id, e.start_byte;
CREATE VIEW timeline as
select coalesce(nullif(t.date, ''), nullif('~' || t.reported, '~'), '') as "when", coalesce(s.name, t.subject) as subject, r.label as act,
       coalesce(o.name, t.object) as object, t.status, t.score, t.sources,
       (select e.quote from statement e where e.triple = t.key order by e.status = 'asserted' desc, e.confidence desc, e.id limit 1) as quote,
       t.subject as subject_id, t.relation, t.object as object_id, t.first_day, t.last_day, t.id
from triple t
join relation r on r.name = t.relation
left join entity s on s.id = t.subject
left join entity o on o.id = t.object
where not t.tie
order by t.position;
COMMIT;
PRAGMA application_id = 1164866676; PRAGMA user_version = 1;
