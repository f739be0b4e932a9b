SELECT item.ref, item.hmicfrs_ref, item.status, item.completed_on, item.submitted_on, (SELECT min(evidence.ref) AS min_1
FROM evidence JOIN evidence_item ON evidence_item.evidence_id = evidence.id
WHERE evidence_item.item_id = item.id AND evidence.verdict IS NULL) AS unjudged
FROM item
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1 AND NOT (EXISTS (SELECT *
FROM evidence_item, evidence
WHERE evidence_item.item_id = item.id AND evidence_item.evidence_id = evidence.id AND evidence.verdict = 'sufficient')) AND item.status IN ('complete', 'submitted')
