-- File a document that lays down norm figures; returns its id.
-- psql: \set code '''nb-2026-1''' \set jurisdiction_code '''330200''' \set title '''标准''' \set title_en '''Standard'''
--       \set number null \set issued_by null \set issued_on null \set remark null
INSERT INTO fangdi.norm_document (code, jurisdiction_code, title, title_en, number, issued_by, issued_on, remark)
VALUES (:code, CAST(:jurisdiction_code AS text), :title, :title_en, CAST(:number AS text), CAST(:issued_by AS text),
        CAST(:issued_on AS date), CAST(:remark AS text))
RETURNING id;
