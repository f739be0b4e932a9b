SELECT changeset.undoes, changeset.number
FROM changeset
WHERE changeset.undoes IS NOT NULL
ORDER BY changeset.number
