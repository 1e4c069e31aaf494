-- The tables of an Entente store. Its truth is what was loaded: article, reading, decision, run. All else follows from these four by the
-- rules of package graph and is kept up to date by the program; do not write to it by hand.
-- Lists are JSON arrays, empty text where there is nothing. Dates are as the program writes them: YYYY, YYYY-MM, YYYY-MM-DD, or two with a slash.

create table article (
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

-- What one extractor read in one article, as loaded.
create table reading (
    key       integer primary key,
    article   integer not null references article (key),
    extractor text not null,
    version   text not null,
    body      text not null, -- JSON: entities and triples
    unique (article, extractor)
) strict;

-- That two ids name one entity.
create table decision (
    from_id text primary key,
    into_id text not null,
    by      text not null,
    why     text not null,
    at      text not null
) strict;

create table run (
    key     integer primary key,
    started text not null,
    ended   text not null,
    body    text not null -- JSON
) strict;

-- The relation types, for the views.
create table relation (
    name       text primary key,
    tie        integer not null,
    quad       text not null,
    label      text not null,
    definition text not null
) strict;

-- Ways in which readings describe an entity, with how many do so.
create table declaration (
    entity      text not null,
    description text not null, -- JSON
    readings    integer not null,
    primary key (entity, description)
) strict, without rowid;

create table entity (
    id      text primary key,
    kind    text not null,
    name    text not null,
    aliases text not null, -- JSON
    state   text not null,
    codes   text not null  -- JSON
) strict;

create table triple (
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

create index triple_position on triple (position);
-- The parties of a claim, with all on which the statuses in it depend.
create index triple_claim on triple (subject, object, relation, claim_first, claim_last, says, status);
create index triple_object on triple (object, subject);

-- Evidences, with entities as decided; triple is null where a merge made both its parties one.
create table statement (
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

create index statement_triple on statement (triple);

-- Ids that triples had before a merge.
create table former (
    reading integer not null references reading (key),
    id      text not null,
    triple  text not null,
    primary key (reading, id)
) strict, without rowid;

create index former_id on former (id);

-- Sums of the events between two parties that are asserted or disputed.
create table dyad (
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

-- For people and other programs.

create view triples as
select t.id, coalesce(nullif(t.date, ''), nullif('~' || t.reported, '~'), '') as "when", t.first_day, t.last_day,
       t.subject, s.name as subject_name, t.relation, r.label, t.object, o.name as object_name, t.role, t.status, t.mode, r.quad, t.score,
       t.sources, round(t.confidence, 3) as confidence, t.basis, t.contexts, t.mediators, t.places,
       t.since, t.until, t.first_seen, t.last_seen
from triple t
join relation r on r.name = t.relation
left join entity s on s.id = t.subject
left join entity o on o.id = t.object
order by t.position;

-- What may be drawn: one edge for each event or tie that is asserted or disputed.
create view edges as
select id, subject, relation, object, role, status, date, first_day, last_day, basis, score, sources, confidence
from triple
where status in ('asserted', 'disputed')
order by position;

create view evidence as
select e.id, t.id as triple, t.subject, t.relation, t.object, coalesce(nullif(t.date, ''), nullif('~' || t.reported, '~'), '') as "when",
       e.status, e.quote, e.speaker, e.agent, e.object_agent, e.initiator, e.mediators, e.mode, e.contexts, e.place, e.basis,
       e.since, e.until, e.former, e.rule, e.model, e.confidence, d.extractor,
       a.id as article, a.published, a.source, a.title, a.url, e.start_byte, e.end_byte
from statement e
join triple t on t.key = e.triple
join reading d on d.key = e.reading
join article a on a.key = d.article
order by t.position, a.published, a.id, e.start_byte;

-- One line for each event: when, who did what to whom, whether it is so, and one sentence that says it.
create view timeline as
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
