-- Format 2: an index of words, and views that name parties.

-- What can be searched: names of entities, titles of articles, quotes. Words are in small letters without accents, as package graph makes them.
create table searchable (
    key   integer primary key,
    kind  text not null,    -- entity, article, quote
    owner integer not null, -- key of the article, of a quote that of its reading, 0 of an entity
    thing text not null,    -- id of the entity, article or evidence
    words text not null,
    unique (kind, owner, thing)
) strict;

create virtual table search using fts5(words, content = 'searchable', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 0');

create trigger searchable_insert after insert on searchable begin
    insert into search (rowid, words) values (new.key, new.words);
end;

create trigger searchable_delete after delete on searchable begin
    insert into search (search, rowid, words) values ('delete', old.key, old.words);
end;

create trigger searchable_update after update on searchable begin
    insert into search (search, rowid, words) values ('delete', old.key, old.words);
    insert into search (rowid, words) values (new.key, new.words);
end;

create index article_published on article (published, id);

drop view evidence;

create view evidence as
select e.id, t.id as triple, t.subject, s.name as subject_name, t.relation, r.label, t.object, o.name as object_name,
       coalesce(nullif(t.date, ''), nullif('~' || t.reported, '~'), '') as "when",
       e.status, e.quote, e.speaker, e.agent, e.object_agent, e.initiator, e.mediators, e.mode, e.contexts, e.place, e.basis,
       e.since, e.until, e.former, e.rule, e.model, e.confidence, d.extractor,
       a.id as article, a.published, a.source, a.title, a.url, e.start_byte, e.end_byte
from statement e
join triple t on t.key = e.triple
join relation r on r.name = t.relation
join reading d on d.key = e.reading
join article a on a.key = d.article
left join entity s on s.id = t.subject
left join entity o on o.id = t.object
order by t.position, a.published, a.id, e.start_byte;

-- Who dealt with whom: one line for each pair.
create view pairs as
select a.name as one, b.name as other, d.events, round(d.net, 1) as net, round(d.net / d.events, 2) as mean, round(d.coop, 1) as coop, round(d.conf, 1) as conf,
       d.first_day, d.last_day, d.a as one_id, d.b as other_id
from dyad d
left join entity a on a.id = d.a
left join entity b on b.id = d.b
order by d.events desc, d.a, d.b;
