using System.Text.Json;

namespace ForensicHeads.Datasets.Consent;

/// <summary>The sidecar <c>consent.json</c>: a list of consent records, at most one a person.</summary>
public static class ConsentFile
{
    /// <summary>The sidecar's name, for <see cref="StoreWriter.WriteSidecar"/>.</summary>
    public const string Name = "consent.json";

    /// <summary>The file's text, people in ordinal order.</summary>
    /// <exception cref="UserErrorException">A person has two records, or one lacks identity, scope or contact.</exception>
    public static string ToJson(IEnumerable<ConsentRecord> records)
    {
        var list = records.OrderBy(record => record.Identity, StringComparer.Ordinal).ToArray();
        Check(list, "The consent records");
        return CanonicalJson.ToText(list);
    }

    /// <summary>The records of a store; empty when it has none.</summary>
    /// <exception cref="UserErrorException">The file cannot be understood.</exception>
    public static IReadOnlyList<ConsentRecord> Read(FrameStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.ReadSidecar(Name) is { } json ? Parse(json, Path.Combine(store.Path, Name)) : [];
    }

    /// <summary>The records of a file given by the user (<c>--consent FILE</c>).</summary>
    /// <exception cref="UserErrorException">The file is missing or cannot be understood.</exception>
    public static IReadOnlyList<ConsentRecord> Read(string path) =>
        PlainFile.Reading($"the consent file {path}", () => Parse(PlainFile.ReadText(path), path), "Check the path.");

    /// <summary>Adds a record to a finished store, or replaces the person's old one; the file is written whole or not at all.</summary>
    public static void Put(FrameStore store, ConsentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var others = Read(store).Where(other => other.Identity != record.Identity);
        AtomicFile.WriteText(store.Path, Name, ToJson(others.Append(record)));
    }

    private static ConsentRecord[] Parse(string json, string path)
    {
        try
        {
            var records = JsonSerializer.Deserialize<ConsentRecord[]>(json, CanonicalJson.Indented)
                ?? throw new JsonException("the file holds null");
            Check(records, path);
            return records;
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} is not a list of consent records (identity, basis, scope, expires, contact): "
                + $"{error.Describe()} Correct the file.", inner: error);
        }
    }

    private static void Check(ConsentRecord[] records, string where)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (record is null) throw new UserErrorException($"{where}: a record is null. Remove it.");
            if (string.IsNullOrWhiteSpace(record.Identity)) throw new UserErrorException(
                $"{where}: a record has no identity. Name the person it speaks for.");
            if (IdentityName.Fault(record.Identity)
                is { } fault) throw new UserErrorException($"{where}: {fault}. Rename the person there and in the store.");
            if (!seen.Add(record.Identity)) throw new UserErrorException(
                $"{where}: '{record.Identity}' has two records. Keep the one that holds.");
            if (record.Scope
                is not { Count: > 0 }) throw new UserErrorException(
                    $"{where}: the record of '{record.Identity}' has no scope. List the purposes it allows, such as "
                + $"\"{ConsentPurpose.SelfReenactment}\".");
            if (string.IsNullOrWhiteSpace(record.Contact)) throw new UserErrorException(
                $"{where}: the record of '{record.Identity}' has no contact. Say where consent can be withdrawn.");
        }
    }
}

/// <summary>The purposes for which the toolkit asks for consent; a record's scope may name others, for users' own rules.</summary>
public static class ConsentPurpose
{
    /// <summary>Driving a person by their own landmarks, and altering their own frames.</summary>
    public const string SelfReenactment = "self-reenactment";

    /// <summary>Driving a person by somebody else's landmarks.</summary>
    public const string CrossReenactment = "cross-reenactment";

    /// <summary>Knowing a person again, to tell clips that show somebody else under their name.</summary>
    public const string Protection = "protection";

    /// <summary>Research on the frames.</summary>
    public const string Research = "research";
}
