-- The audit log is written by the database, an interview's name is tied to whose it is, and only
-- ratings open those of others. What writes in the owner's name are triggers with a search path of
-- their own; a member can call the one function that works a name out, which reads nothing.

-- The log. A member hands over what happened (a JSON object of codes, numbers and times); number,
-- time, login, salted hashes and the chain are the database's.
CREATE TABLE assess.log_aside (
    number bigint NOT NULL,
    login text NOT NULL,
    line text NOT NULL,
    aside text NOT NULL
);
ALTER TABLE assess.log_aside ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON assess.log_aside TO assess_team;
CREATE POLICY reading ON assess.log_aside FOR SELECT TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'manager'
);

INSERT INTO assess.log_end (name, number, hash, salt)
VALUES ('end', 0, repeat('0', 64), replace(CAST(gen_random_uuid() AS text), '-', ''))
ON CONFLICT (name) DO NOTHING;

REVOKE INSERT, UPDATE ON assess.log_end FROM assess_team;
REVOKE UPDATE (number, hash, salt) ON assess.log_end FROM assess_team;
REVOKE INSERT ON assess.log FROM assess_team;
REVOKE INSERT (number, line) ON assess.log FROM assess_team;
GRANT INSERT (line) ON assess.log TO assess_team;
DROP POLICY beginning ON assess.log_end;
DROP POLICY going_on ON assess.log_end;
DROP POLICY reading ON assess.log_end;
CREATE POLICY reading ON assess.log_end FOR SELECT TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'manager'
);
DROP POLICY writing ON assess.log;
CREATE POLICY writing ON assess.log FOR INSERT TO assess_team WITH CHECK (
    EXISTS (SELECT 1 FROM assess.members m WHERE m.login = CAST(current_user AS text))
);

CREATE FUNCTION assess.log_hash(salt text, code text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT left(encode(sha256(convert_to(salt || chr(31) || code, 'UTF8')), 'hex'), 24)
$$;

-- A line whose hash, its last key, covers all before it; parts are the keys written so far.
CREATE FUNCTION assess.log_line(parts text, before text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.text || ',"hash":"'
        || encode(sha256(convert_to(t.text || '}', 'UTF8')), 'hex') || '"}'
    FROM (SELECT '{' || parts || ',"before":"' || before || '"' AS text) AS t
$$;

CREATE FUNCTION assess.write_log() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ended assess.log_end;
    member assess.members;
    event jsonb;
    names jsonb;
    written text;
    now_at text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"');
BEGIN
    -- the owner alone can give a number: the lines of a backup, as they are
    IF NEW.number IS NOT NULL THEN
        RETURN NEW;
    END IF;
    event := CAST(NEW.line AS jsonb);
    IF jsonb_typeof(event) <> 'object' OR COALESCE(jsonb_typeof(event -> 'what'), '') <> 'string'
        OR event ?| ARRAY['salt', 'before', 'hash', 'login', 'said_at']
    THEN
        RAISE EXCEPTION 'an event says what happened' USING ERRCODE = '22023';
    END IF;
    IF EXISTS (
        SELECT 1 FROM jsonb_each(event) AS e (key, value)
        CROSS JOIN LATERAL jsonb_array_elements(
            CASE jsonb_typeof(e.value) WHEN 'array' THEN e.value
            ELSE jsonb_build_array(e.value) END
        ) AS one (value)
        WHERE e.key !~ '^[a-z_]{1,40}$' OR CASE jsonb_typeof(one.value)
            WHEN 'string' THEN (one.value #>> '{}') !~ '^\S{0,64}$'
            WHEN 'number' THEN abs(CAST(one.value #>> '{}' AS numeric)) > 1e15
            ELSE jsonb_typeof(one.value) NOT IN ('boolean', 'null')
        END
    ) THEN
        RAISE EXCEPTION 'the log takes codes, numbers and times' USING ERRCODE = '22023';
    END IF;
    SELECT m.* INTO member FROM assess.members m WHERE m.login = NEW.login;
    IF member.role = 'candidate' THEN
        -- what names a candidate cannot stay in clear where nothing is ever removed
        event := (event - 'by') || jsonb_build_object('candidate', jsonb_build_array(member.code));
    ELSIF member.role IS NOT NULL THEN
        event := event || jsonb_build_object('by', member.code);
    END IF;
    -- what was done while the server was away comes later than it happened
    IF left(event ->> 'at', 16) <> left(now_at, 16) THEN
        event := event || jsonb_build_object('said_at', event -> 'at');
    END IF;
    event := event - 'at';
    -- whoever writes now waits here for whoever wrote before
    SELECT e.* INTO STRICT ended FROM assess.log_end e WHERE e.name = 'end' FOR UPDATE;
    IF member.role = 'candidate' THEN
        NEW.login := assess.log_hash(ended.salt, NEW.login);
    END IF;
    event := event || jsonb_build_object('login', NEW.login);
    FOREACH written IN ARRAY ARRAY['candidate', 'interview'] LOOP
        names := event -> written;
        IF jsonb_typeof(names) = 'string' THEN
            event := event
                || jsonb_build_object(written, assess.log_hash(ended.salt, names #>> '{}'));
        ELSIF jsonb_typeof(names) = 'array' THEN
            SELECT event || jsonb_build_object(
                written, COALESCE(jsonb_agg(assess.log_hash(ended.salt, n.value)), '[]')
            ) INTO event FROM jsonb_array_elements_text(names) AS n (value);
        END IF;
    END LOOP;
    IF ended.number = 0 THEN
        INSERT INTO assess.log (number, login, line) VALUES (1, NEW.login, assess.log_line(
            '"at":"' || now_at || '","what":"began","salt":"' || ended.salt || '"', repeat('0', 64)
        )) RETURNING 1, substr(right(line, 66), 1, 64) INTO ended.number, ended.hash;
    END IF;
    SELECT '"at":"' || now_at || '",' || string_agg(
        CAST(to_json(e.key) AS text) || ':' || CAST(e.value AS text), ','
        ORDER BY COALESCE(array_position(ARRAY['what', 'by', 'login'], e.key), 9), e.key
    ) INTO written FROM jsonb_each(event) AS e (key, value);
    NEW.number := ended.number + 1;
    NEW.line := assess.log_line(written, ended.hash);
    UPDATE assess.log_end SET number = NEW.number, hash = substr(right(NEW.line, 66), 1, 64)
    WHERE name = 'end';
    RETURN NEW;
END
$$;
CREATE TRIGGER writing BEFORE INSERT ON assess.log
    FOR EACH ROW EXECUTE FUNCTION assess.write_log();
UPDATE assess.log AS l SET login = assess.log_hash(e.salt, l.login)
FROM assess.log_end e, assess.members m WHERE m.login = l.login AND m.role = 'candidate';

-- The name of an interview is worked out from whose it is; instead_of holds the name it would have
-- had, where that one's interview was moved to somebody else. Nobody holds a name that is another's.
ALTER TABLE assess.streams ADD COLUMN instead_of text NOT NULL DEFAULT '';
GRANT INSERT (instead_of) ON assess.streams TO assess_team;
UPDATE assess.streams AS s SET instead_of = r.doc ->> 'instead_of'
FROM assess.records r
WHERE r.stream = s.stream AND r.doc ->> 'kind' = 'opened'
    AND r.doc ->> 'instead_of' ~ '^[0-9a-f]{32}$';

CREATE FUNCTION assess.interview_id(
    candidate text, rater text, questionnaire text, wave text, instead_of text
) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT left(encode(sha256(convert_to(
        candidate || chr(31) || rater || chr(31) || questionnaire || chr(31) || wave
            || CASE WHEN instead_of = '' THEN '' ELSE chr(31) || instead_of END, 'UTF8'
    )), 'hex'), 32)
$$;

-- What stands under another name than its own goes to its own, beside what is there.
CREATE TEMPORARY TABLE misnamed ON COMMIT DROP AS
SELECT s.stream AS was, s.candidate, s.rater, s.questionnaire, s.wave, s.form, s.instead_of,
    assess.interview_id(s.candidate, s.rater, s.questionnaire, s.wave, s.instead_of) AS stream
FROM assess.streams s
WHERE s.stream <> 'engagement' AND s.candidate || s.rater || s.questionnaire || s.wave <> ''
    AND s.stream
        <> assess.interview_id(s.candidate, s.rater, s.questionnaire, s.wave, s.instead_of);
CREATE TEMPORARY TABLE misnamed_records ON COMMIT DROP AS
SELECT m.stream, r.id, r.body FROM misnamed m JOIN assess.records r ON r.stream = m.was;
CREATE TEMPORARY TABLE misnamed_submissions ON COMMIT DROP AS
SELECT m.stream, b.record, b.reopened
FROM misnamed m JOIN assess.submissions b ON b.stream = m.was;
DELETE FROM assess.streams WHERE stream IN (SELECT m.was FROM misnamed m);
INSERT INTO assess.streams (stream, candidate, rater, questionnaire, wave, form, instead_of)
SELECT m.stream, m.candidate, m.rater, m.questionnaire, m.wave, m.form, m.instead_of
FROM misnamed m ORDER BY m.was
ON CONFLICT (stream) DO NOTHING;
INSERT INTO assess.records (stream, id, body)
SELECT m.stream, m.id, m.body FROM misnamed_records m
ON CONFLICT (stream, id) DO NOTHING;
INSERT INTO assess.submissions (stream, record, candidate, rater, wave, reopened)
SELECT m.stream, m.record, s.candidate, s.rater, s.wave, m.reopened
FROM misnamed_submissions m JOIN assess.streams s ON s.stream = m.stream
ON CONFLICT (stream, record) DO NOTHING;
UPDATE assess.streams AS s SET digest = '', digest_of = -1, touched = s.touched + 1, size = (
    SELECT count(*) FROM assess.records r WHERE r.stream = s.stream
) WHERE s.stream IN (SELECT m.stream FROM misnamed m);
-- the sums that tell one state of the server from another must not come to the same again
UPDATE assess.streams SET touched = touched + 1 + (SELECT count(*) FROM misnamed)
WHERE stream = 'engagement' AND EXISTS (SELECT 1 FROM misnamed);

ALTER TABLE assess.streams ADD CONSTRAINT own_name CHECK (
    CASE WHEN candidate || rater || questionnaire || wave || instead_of = ''
        -- the engagement, or what the owner brought of which nothing says whose it is
        THEN true
        ELSE candidate || rater || questionnaire || wave !~ chr(31)
            AND instead_of ~ '^([0-9a-f]{32})?$'
            AND stream = assess.interview_id(candidate, rater, questionnaire, wave, instead_of)
    END
);

-- Which items are ratings, in any pack that is kept: a table by which the database tells whether a
-- submitted interview rates. Only such a one opens those of others.
CREATE TABLE assess.rating_items (
    item text PRIMARY KEY
);
ALTER TABLE assess.rating_items ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON assess.rating_items TO assess_team;
CREATE POLICY known ON assess.rating_items FOR SELECT TO assess_team USING (true);
CREATE POLICY keeping ON assess.rating_items FOR INSERT TO assess_team WITH CHECK (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'manager'
);
ALTER TABLE assess.submissions ADD COLUMN rates boolean NOT NULL DEFAULT false;

CREATE FUNCTION assess.rates(interview text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (
        SELECT 1 FROM assess.records r
        JOIN assess.rating_items i ON i.item = r.doc ->> 'item'
        WHERE r.stream = interview AND r.doc ->> 'kind' = 'answer'
            AND r.doc ->> 'state' = 'answered' AND jsonb_typeof(r.doc -> 'value') = 'number'
            AND NOT EXISTS (
                SELECT 1 FROM assess.records later
                WHERE later.stream = interview AND later.doc -> 'revises' ? r.id
            )
    )
$$;
CREATE FUNCTION assess.judge_submission() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    NEW.rates := assess.rates(NEW.stream);
    RETURN NEW;
END
$$;
CREATE TRIGGER judging BEFORE INSERT ON assess.submissions
    FOR EACH ROW EXECUTE FUNCTION assess.judge_submission();

DROP POLICY interviewer_reads ON assess.streams;
CREATE POLICY interviewer_reads ON assess.streams FOR SELECT TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        = 'interviewer'
    AND form <> 'self'
    AND (
        stream = 'engagement'
        OR rater = (
            SELECT m.code FROM assess.members m WHERE m.login = CAST(current_user AS text)
        )
        OR stream IN (
            SELECT theirs.stream FROM assess.submissions theirs
            JOIN assess.submissions own
                ON own.candidate = theirs.candidate AND own.wave = theirs.wave
            WHERE theirs.reopened = '' AND own.reopened = '' AND own.rates AND own.rater = (
                SELECT m.code FROM assess.members m WHERE m.login = CAST(current_user AS text)
            )
        )
    )
);
-- Of the engagement an interviewer reads neither agreed values before rating nor how far others
-- were from the sample answers.
DROP POLICY interviewer_reads ON assess.records;
CREATE POLICY interviewer_reads ON assess.records FOR SELECT TO assess_team USING (
    stream = 'engagement'
    AND (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        = 'interviewer'
    AND (
        doc ->> 'kind' NOT IN ('agreed', 'calibrated')
        OR (doc ->> 'kind' = 'calibrated' AND doc ->> 'rater' = (
            SELECT m.code FROM assess.members m WHERE m.login = CAST(current_user AS text)
        ))
        OR (doc ->> 'kind' = 'agreed' AND EXISTS (
            SELECT 1 FROM assess.submissions own
            WHERE own.candidate = doc ->> 'candidate' AND own.wave = doc ->> 'wave'
                AND own.reopened = '' AND own.rates AND own.rater = (
                    SELECT m.code FROM assess.members m
                    WHERE m.login = CAST(current_user AS text)
                )
        ))
    )
);

-- Facts, actions, notices, withdrawals and calibrations carry the name of who wrote them; people
-- who were entered on a laptop before anybody said who works there may come without one.
DROP POLICY team_writes ON assess.records;
CREATE POLICY team_writes ON assess.records FOR INSERT TO assess_team WITH CHECK (
    stream = 'engagement'
    AND (
        (
            (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
                = 'interviewer'
            AND (
                (
                    doc ->> 'kind' IN ('candidate', 'rater', 'language')
                    AND COALESCE(doc ->> 'by', '') IN ('', (
                        SELECT m.code FROM assess.members m
                        WHERE m.login = CAST(current_user AS text)
                    ))
                )
                OR (
                    doc ->> 'kind' IN ('notice', 'withdrawn', 'fact', 'development', 'calibrated')
                    AND doc ->> 'by' = (
                        SELECT m.code FROM assess.members m
                        WHERE m.login = CAST(current_user AS text)
                    )
                    AND (doc ->> 'kind' <> 'calibrated' OR doc ->> 'rater' = doc ->> 'by')
                )
            )
        )
        OR (
            (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
                = 'candidate'
            AND doc ->> 'kind' IN ('notice', 'withdrawn')
            AND doc ->> 'by' = doc ->> 'candidate'
            AND doc ->> 'candidate' = (
                SELECT m.code FROM assess.members m
                WHERE m.login = CAST(current_user AS text)
            )
        )
    )
);
-- An interview is written by whose it is, under their name, while it is not submitted.
DROP POLICY interviews_written ON assess.records;
CREATE POLICY interviews_written ON assess.records FOR INSERT TO assess_team WITH CHECK (
    stream <> 'engagement'
    AND doc ->> 'by' = (
        SELECT m.code FROM assess.members m
        WHERE m.login = CAST(current_user AS text) AND m.role IN ('interviewer', 'candidate')
    )
    AND EXISTS (
        SELECT 1 FROM assess.streams s
        WHERE s.stream = records.stream AND s.rater = doc ->> 'by' AND (
            doc ->> 'kind' <> 'opened' OR (
                doc ->> 'candidate' = s.candidate AND doc ->> 'rater' = s.rater
                AND doc ->> 'questionnaire' = s.questionnaire AND doc ->> 'wave' = s.wave
                AND COALESCE(doc ->> 'form', 'full') = s.form
                AND COALESCE(doc ->> 'instead_of', '') = s.instead_of
            )
        )
    )
    AND (
        (doc ->> 'kind' = 'submitted' AND EXISTS (
            SELECT 1 FROM assess.submissions b
            WHERE b.stream = records.stream AND b.record = records.id
        ))
        OR (
            (
                doc ->> 'kind' IN ('opened', 'answer', 'flag')
                OR (doc ->> 'kind' = 'reopened' AND COALESCE(doc ->> 'reason', '') <> '')
            )
            AND NOT EXISTS (
                SELECT 1 FROM assess.submissions b
                WHERE b.stream = records.stream AND b.reopened = ''
            )
        )
    )
);

-- How many records a stream has and how often it was touched is counted by the database, so that
-- nobody miscounts; a digest is left by who reads everything.
REVOKE UPDATE (size, touched, digest, digest_of) ON assess.streams FROM assess_team;
GRANT UPDATE (digest, digest_of) ON assess.streams TO assess_team;
DROP POLICY counting ON assess.streams;
CREATE POLICY summing_up ON assess.streams FOR UPDATE TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'manager'
);
CREATE FUNCTION assess.count_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE assess.streams AS s SET size = s.size + a.n, touched = s.touched + 1
    FROM (SELECT stream, count(*) AS n FROM added GROUP BY stream) AS a
    WHERE s.stream = a.stream;
    RETURN NULL;
END
$$;
CREATE FUNCTION assess.count_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE assess.streams AS s SET size = s.size - a.n, touched = s.touched + 1
    FROM (SELECT stream, count(*) AS n FROM removed GROUP BY stream) AS a
    WHERE s.stream = a.stream;
    RETURN NULL;
END
$$;
-- The sums that tell one state of the server from another must not come to the same again.
CREATE FUNCTION assess.count_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE assess.streams SET touched = touched + 1 + OLD.touched WHERE stream = 'engagement';
    RETURN NULL;
END
$$;
CREATE TRIGGER counting AFTER INSERT ON assess.records REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION assess.count_added();
CREATE TRIGGER uncounting AFTER DELETE ON assess.records REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION assess.count_removed();
CREATE TRIGGER uncounting AFTER DELETE ON assess.streams
    FOR EACH ROW EXECUTE FUNCTION assess.count_gone();

-- Who was erased works here no longer: the row that names them goes when the tombstone comes.
CREATE FUNCTION assess.forget_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM assess.members m WHERE m.role = 'candidate' AND NEW.doc -> 'codes' ? left(
        encode(sha256(convert_to((NEW.doc ->> 'salt') || chr(31) || m.code, 'UTF8')), 'hex'), 32
    );
    RETURN NULL;
END
$$;
CREATE TRIGGER forgetting AFTER INSERT ON assess.records
    FOR EACH ROW WHEN (NEW.stream = 'engagement' AND NEW.doc ->> 'kind' = 'erased')
    EXECUTE FUNCTION assess.forget_erased();

REVOKE ALL ON FUNCTION assess.log_hash(text, text), assess.log_line(text, text),
    assess.write_log(), assess.interview_id(text, text, text, text, text),
    assess.rates(text), assess.judge_submission(), assess.forget_erased(),
    assess.count_added(), assess.count_removed(), assess.count_gone() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assess.interview_id(text, text, text, text, text) TO assess_team;
