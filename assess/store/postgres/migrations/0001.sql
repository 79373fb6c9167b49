-- Tables, roles and policies of a team server. Portable SQL: no functions, no triggers, no sequences.
-- A record is kept as the text it was written in (body); what policies judge by is derived from that
-- text by the database itself (doc), so that nobody can store one thing and declare another.

CREATE TABLE assess.about (
    name text PRIMARY KEY,
    value text NOT NULL
);

-- Who may log in as what. Written by the owner only.
CREATE TABLE assess.members (
    login text PRIMARY KEY,
    role text NOT NULL CHECK (role IN ('interviewer', 'manager', 'candidate')),
    code text NOT NULL DEFAULT '' CHECK (role = 'manager' OR code <> '')
);

-- One row per stream: whose interview it is, how large it is, and a digest of its content that
-- holds while touched is digest_of.
CREATE TABLE assess.streams (
    stream text PRIMARY KEY,
    candidate text NOT NULL DEFAULT '',
    rater text NOT NULL DEFAULT '',
    questionnaire text NOT NULL DEFAULT '',
    wave text NOT NULL DEFAULT '',
    form text NOT NULL DEFAULT 'full',
    size bigint NOT NULL DEFAULT 0,
    touched bigint NOT NULL DEFAULT 0,
    digest text NOT NULL DEFAULT '',
    digest_of bigint NOT NULL DEFAULT -1,
    UNIQUE (stream, candidate, rater, wave)
);

CREATE TABLE assess.records (
    stream text NOT NULL REFERENCES assess.streams (stream) ON DELETE CASCADE,
    id text NOT NULL,
    body text NOT NULL,
    doc jsonb NOT NULL GENERATED ALWAYS AS (CAST(body AS jsonb)) STORED,
    CHECK (COALESCE(doc ->> 'id', '') = id),
    PRIMARY KEY (stream, id)
);

-- Which interviews were submitted, by which record; reopened holds the reason once one was opened
-- again. This table, and not the records, decides what an interviewer may read and still change.
CREATE TABLE assess.submissions (
    stream text NOT NULL,
    record text NOT NULL,
    candidate text NOT NULL,
    rater text NOT NULL,
    wave text NOT NULL,
    reopened text NOT NULL DEFAULT '',
    PRIMARY KEY (stream, record),
    FOREIGN KEY (stream, candidate, rater, wave)
        REFERENCES assess.streams (stream, candidate, rater, wave) ON DELETE CASCADE
);
CREATE INDEX submissions_of_raters ON assess.submissions (rater, candidate, wave);

CREATE TABLE assess.packs (
    hash text NOT NULL,
    id text NOT NULL,
    version text NOT NULL,
    path text NOT NULL,
    content bytea NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (hash, id, version, path)
);

-- The audit log, a line each as a workspace folder writes it; log_end says where it goes on.
CREATE TABLE assess.log (
    number bigint PRIMARY KEY,
    login text NOT NULL DEFAULT CAST(current_user AS text),
    line text NOT NULL
);
CREATE TABLE assess.log_end (
    name text PRIMARY KEY CHECK (name = 'end'),
    number bigint NOT NULL,
    hash text NOT NULL,
    salt text NOT NULL
);

-- What every member may try at all; the policies below decide on each row.
GRANT USAGE ON SCHEMA assess TO assess_team;
GRANT SELECT ON assess.about, assess.members, assess.streams, assess.records,
    assess.submissions, assess.packs, assess.log, assess.log_end TO assess_team;
GRANT INSERT ON assess.packs, assess.log_end TO assess_team;
GRANT INSERT (stream, candidate, rater, questionnaire, wave, form) ON assess.streams TO assess_team;
GRANT INSERT (stream, id, body) ON assess.records TO assess_team;
GRANT INSERT (stream, record, candidate, rater, wave, reopened) ON assess.submissions TO assess_team;
GRANT INSERT (number, line) ON assess.log TO assess_team;
GRANT UPDATE (size, touched, digest, digest_of) ON assess.streams TO assess_team;
GRANT UPDATE (reopened) ON assess.submissions TO assess_team;
GRANT UPDATE (number, hash, salt) ON assess.log_end TO assess_team;
GRANT DELETE ON assess.streams, assess.records TO assess_team;

ALTER TABLE assess.about ENABLE ROW LEVEL SECURITY;
ALTER TABLE assess.members ENABLE ROW LEVEL SECURITY;
ALTER TABLE assess.streams ENABLE ROW LEVEL SECURITY;
ALTER TABLE assess.records ENABLE ROW LEVEL SECURITY;
ALTER TABLE assess.submissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE assess.packs ENABLE ROW LEVEL SECURITY;
ALTER TABLE assess.log ENABLE ROW LEVEL SECURITY;
ALTER TABLE assess.log_end ENABLE ROW LEVEL SECURITY;

CREATE POLICY known ON assess.about FOR SELECT TO assess_team USING (true);
CREATE POLICY oneself ON assess.members FOR SELECT TO assess_team
    USING (login = CAST(current_user AS text));

-- Submissions. They name nobody's ratings; candidates see none but their own.
CREATE POLICY reading ON assess.submissions FOR SELECT TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        IN ('manager', 'interviewer')
    OR rater = (SELECT m.code FROM assess.members m WHERE m.login = CAST(current_user AS text))
);
CREATE POLICY submitting ON assess.submissions FOR INSERT TO assess_team WITH CHECK (
    rater = (
        SELECT m.code FROM assess.members m
        WHERE m.login = CAST(current_user AS text) AND m.role IN ('interviewer', 'candidate')
    )
);
CREATE POLICY reopening ON assess.submissions FOR UPDATE TO assess_team
    USING (
        reopened = '' AND rater = (
            SELECT m.code FROM assess.members m
            WHERE m.login = CAST(current_user AS text) AND m.role IN ('interviewer', 'candidate')
        )
    )
    WITH CHECK (reopened <> '');

-- Streams. An interviewer sees their own, and of others only what was submitted on a candidate and
-- wave on which their own interview is submitted; never what a candidate answered alone.
CREATE POLICY manager_reads ON assess.streams FOR SELECT TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'manager'
);
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
            WHERE theirs.reopened = '' AND own.reopened = '' AND own.rater = (
                SELECT m.code FROM assess.members m WHERE m.login = CAST(current_user AS text)
            )
        )
    )
);
CREATE POLICY candidate_reads ON assess.streams FOR SELECT TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'candidate'
    AND (
        stream = 'engagement'
        OR (form = 'self' AND rater = candidate AND rater = (
            SELECT m.code FROM assess.members m WHERE m.login = CAST(current_user AS text)
        ))
    )
);
CREATE POLICY opening ON assess.streams FOR INSERT TO assess_team WITH CHECK (
    (
        stream = 'engagement' AND rater = ''
        AND (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
            = 'manager'
    )
    OR (
        stream <> 'engagement' AND form <> 'self' AND rater = (
            SELECT m.code FROM assess.members m
            WHERE m.login = CAST(current_user AS text) AND m.role = 'interviewer'
        )
    )
    OR (
        stream <> 'engagement' AND form = 'self' AND candidate = rater AND rater = (
            SELECT m.code FROM assess.members m
            WHERE m.login = CAST(current_user AS text) AND m.role = 'candidate'
        )
    )
);
CREATE POLICY counting ON assess.streams FOR UPDATE TO assess_team USING (
    stream = 'engagement'
    OR rater = (SELECT m.code FROM assess.members m WHERE m.login = CAST(current_user AS text))
    OR (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        = 'manager'
);
-- Erasure: a manager removes whole interviews, never a single answer.
CREATE POLICY erasing ON assess.streams FOR DELETE TO assess_team USING (
    stream <> 'engagement'
    AND (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        = 'manager'
);

-- Records. What may be read of an interview follows from its stream.
CREATE POLICY manager_reads ON assess.records FOR SELECT TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'manager'
);
CREATE POLICY interviews_read ON assess.records FOR SELECT TO assess_team USING (
    stream <> 'engagement' AND stream IN (SELECT s.stream FROM assess.streams s)
);
CREATE POLICY interviewer_reads ON assess.records FOR SELECT TO assess_team USING (
    stream = 'engagement'
    AND (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        = 'interviewer'
    AND (
        doc ->> 'kind' <> 'agreed'
        OR EXISTS (
            SELECT 1 FROM assess.submissions own
            WHERE own.candidate = doc ->> 'candidate' AND own.wave = doc ->> 'wave'
                AND own.reopened = '' AND own.rater = (
                    SELECT m.code FROM assess.members m
                    WHERE m.login = CAST(current_user AS text)
                )
        )
    )
);
CREATE POLICY candidate_reads ON assess.records FOR SELECT TO assess_team USING (
    stream = 'engagement'
    AND (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        = 'candidate'
    AND (
        doc ->> 'kind' = 'engagement'
        OR (
            doc ->> 'kind' IN ('candidate', 'notice', 'withdrawn')
            AND COALESCE(doc ->> 'candidate', doc ->> 'code') = (
                SELECT m.code FROM assess.members m
                WHERE m.login = CAST(current_user AS text)
            )
        )
    )
);
-- A manager records people, decisions and agreed values, and no ratings.
CREATE POLICY manager_writes ON assess.records FOR INSERT TO assess_team WITH CHECK (
    stream = 'engagement'
    AND (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        = 'manager'
);
CREATE POLICY team_writes ON assess.records FOR INSERT TO assess_team WITH CHECK (
    stream = 'engagement'
    AND COALESCE(doc ->> 'by', '') IN (
        '', (SELECT m.code FROM assess.members m WHERE m.login = CAST(current_user AS text))
    )
    AND (
        (
            (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
                = 'interviewer'
            AND (
                doc ->> 'kind' IN ('candidate', 'rater', 'notice', 'withdrawn', 'fact',
                    'development', 'language')
                OR (
                    doc ->> 'kind' = 'calibrated' AND doc ->> 'rater' = (
                        SELECT m.code FROM assess.members m
                        WHERE m.login = CAST(current_user AS text)
                    )
                )
            )
        )
        OR (
            (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
                = 'candidate'
            AND doc ->> 'kind' IN ('notice', 'withdrawn')
            AND doc ->> 'candidate' = (
                SELECT m.code FROM assess.members m
                WHERE m.login = CAST(current_user AS text)
            )
        )
    )
);
-- An interview is written by whose it is, under their name, while it is not submitted.
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
CREATE POLICY erasing ON assess.records FOR DELETE TO assess_team USING (
    stream = 'engagement'
    AND (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text))
        = 'manager'
);

CREATE POLICY reading ON assess.packs FOR SELECT TO assess_team USING (true);
CREATE POLICY keeping ON assess.packs FOR INSERT TO assess_team WITH CHECK (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'manager'
);

CREATE POLICY reading ON assess.log FOR SELECT TO assess_team USING (
    (SELECT m.role FROM assess.members m WHERE m.login = CAST(current_user AS text)) = 'manager'
);
CREATE POLICY writing ON assess.log FOR INSERT TO assess_team WITH CHECK (
    login = CAST(current_user AS text)
    AND EXISTS (SELECT 1 FROM assess.members m WHERE m.login = CAST(current_user AS text))
);
CREATE POLICY reading ON assess.log_end FOR SELECT TO assess_team USING (
    EXISTS (SELECT 1 FROM assess.members m WHERE m.login = CAST(current_user AS text))
);
CREATE POLICY beginning ON assess.log_end FOR INSERT TO assess_team WITH CHECK (
    EXISTS (SELECT 1 FROM assess.members m WHERE m.login = CAST(current_user AS text))
);
CREATE POLICY going_on ON assess.log_end FOR UPDATE TO assess_team USING (
    EXISTS (SELECT 1 FROM assess.members m WHERE m.login = CAST(current_user AS text))
);
