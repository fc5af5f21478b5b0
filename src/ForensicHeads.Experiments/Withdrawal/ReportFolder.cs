using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Experiments.Withdrawal;

/// <summary>A report's folder as far as its evidence log confirms it: nothing is believed, and nothing deleted, that the chain does not
/// list.</summary>
internal static partial class ReportFolder
{
    /// <summary>What a report has to do with a person; null for nothing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="identity">The person.</param>
    /// <param name="hashes">Hashes of the stores that hold something of the person.</param>
    /// <param name="cancellation">Stops the hashing.</param>
    public static DerivedFile? Of(string folder, string identity, IReadOnlySet<string> hashes, CancellationToken cancellation)
    {
        var (content, fault) = EvidenceCheck.Confirmed(folder, cancellation);
        if (Reason(folder, identity, hashes, content) is not { } why) return null;
        var thing = new DerivedFile(folder, DerivedKind.Experiment, why);
        if (content is null) return thing
            with
        {
            Files = [],
            Left = [new(folder,
            $"{fault}, so it is not known which files in it are ours; let the run finish, or delete the folder by hand")]
        };
        var ours = content.Files.Where(file => Ours().IsMatch(file.Path)).Select(file => file.Path).ToArray();
        UnconfirmedFile[] left =
        [
            .. content.Files.Where(file => !Ours().IsMatch(file.Path))
            .Select(file => new UnconfirmedFile(Path.Combine(folder, file.Path), "no command of this toolkit writes a file of that name")),
            .. content.Faults.Where(one => PlainFile.IsThere(folder, one.Where))
            .Select(one => new UnconfirmedFile(Path.Combine(folder, one.Where), one.Sentence)),
        ];
        // The log goes last, and only with all that it lists: it is what confirms the rest.
        return thing with { Files = left.Length == 0 ? [.. ours, EvidenceLog.Name] : ours, Left = left };
    }

    // By the store in its cache, else by the hash of its source in the log, else by its table of people.
    private static string? Reason(string folder, string identity, IReadOnlySet<string> hashes, EvidenceContent? content)
    {
        var source = Path.Combine(folder, "work", "source");
        if (PlainFile.IsThere(folder, "work/source/store.json") && Holds(source, identity)) return "they are in its source store";
        var facts = content?.Facts ?? Events(folder);
        if (facts.Any(one => one.ValueKind == JsonValueKind.Object && one.TryGetProperty("content_sha256", out var hash)
            && hash.ValueKind == JsonValueKind.String && hashes.Contains(hash.GetString()!)))
            return "its source is a store that holds them";
        return PlainFile.IsThere(folder, "quality.csv") && CsvReader.Read(folder, "quality.csv") is var table
            && table.Header.Contains("identity") && table.Rows.Any(row => IdentityName.Same(row["identity"], identity))
            ? "its quality.csv names them" : null;
    }

    // A store that was half removed says nothing; the log still does.
    private static bool Holds(string store, string identity)
    {
        try
        {
            return FrameStore.Open(store).FramesOf(identity).Any();
        }
        catch (UserErrorException)
        {
            return false;
        }
    }

    // Of a log that proves nothing, too, what it says is told; it deletes nothing.
    private static List<JsonElement> Events(string folder)
    {
        var facts = new List<JsonElement>();
        foreach (var line in PlainFile.ReadLines(folder, EvidenceLog.Name))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("facts", out var found))
                    facts.Add(found.Clone());
            }
            catch (JsonException)
            {
                // A torn line says nothing.
            }
        }

        return facts;
    }

    [GeneratedRegex(
        @"^((work|features|figures|explanations)/.+|(experiment|environment|results|report|scores|timings)\.json|"
        + @"results\.md|report\.html|scores\.parquet|quality\.csv|log-broken-[0-9a-f]{12}\.jsonl)\z")]
    private static partial Regex Ours();
}
