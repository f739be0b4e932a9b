SELECT evidence.ref, evidence.title, evidence.file_name, evidence.link, evidence.sha256, evidence.dated_on, evidence.received_on, evidence.received_from, evidence.shared_on, evidence.shared_with, evidence.verdict, evidence.verdict_why, evidence.corrected_why, evidence.path
FROM evidence JOIN evidence_item ON evidence_item.evidence_id = evidence.id
WHERE evidence_item.item_id = :item_id
ORDER BY evidence.id
