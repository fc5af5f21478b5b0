using System.Globalization;
using System.Text;

namespace ForensicHeads.Datasets.Exports;

/// <summary>What a data set holds, in words and tables for whoever gets it: how many, made by what, under which licences, and with whose
/// consent.</summary>
public static class DataSheet
{
    /// <summary>What it is called in a store's folder.</summary>
    public const string FileName = StoreLayout.DataSheet;

    /// <summary>Of an export, Markdown.</summary>
    public static string Of(ExportPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var part = plan.Sequences.SelectMany(sequence => sequence.Frames.Select(frame => (frame.Key, sequence.Part)))
            .ToDictionary(pair => pair.Key, pair => pair.Part, StringComparer.Ordinal);
        return Of(plan.Store.Info, [.. plan.Sequences.SelectMany(sequence => sequence.Frames)], frame => part[frame.Key])
            + "Who may be generated from is a matter of each person's own consent, which this folder does not carry.\n";
    }

    /// <summary>Puts the sheet of a store beside it, as <see cref="FileName"/>, where there is none yet.</summary>
    /// <returns>The store.</returns>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static FrameStore Beside(FrameStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (PlainFile.IsThere(store.Path, StoreLayout.DataSheet)) return store;
        var text = $"# {store.Info.Name}\n\nLicences: {store.Info.LicenceSummary}.\n\n"
            + Of(store.Info, store.Frames, frame => frame.OfficialSplit) + Consent(ConsentFile.Read(store));
        StoreFolder.Guard(store.Path, () => AtomicFile.WriteText(store.Path, StoreLayout.DataSheet, text));
        return store;
    }

    private static string Of(StoreInfo info, IReadOnlyList<FrameRecord> frames, Func<FrameRecord, string?> part)
    {
        var sequences = frames.DistinctBy(frame => (frame.Identity, frame.Video, frame.Track, frame.Origin)).Count();
        return string.Create(CultureInfo.InvariantCulture,
            $"{frames.Count} face crops of {info.Size}×{info.Size} px, {sequences} sequences, {People(frames)} people. ")
            + $"Crops: {info.CropSpecification}.\n\n"
            + Table("made by", frame => frame.IsReal ? frame.Origin.Label.Text()
                : string.Join(' ', new[] { frame.Origin.Generator ?? "unnamed", frame.Origin.Mode?.Text() }.OfType<string>()))
            + Table("underwent", frame => frame.Condition)
            + Table("part", part)
            + Table("licence", frame => frame.Licence.Length > 0 ? frame.Licence : "not stated")
            + Table("may be generated from", frame => frame.MayGenerate ? "yes" : "no")
            + "Generated frames show people in scenes that never took place. Do not pass them off as real.\n";

        // None where no frame has anything to say.
        string Table(string what, Func<FrameRecord, string?> of) => frames.All(frame => of(frame) is null) ? ""
            : Rows($"{what} | people | frames", frames.GroupBy(frame => of(frame) ?? "nothing")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => string.Create(CultureInfo.InvariantCulture, $"{Cell(group.Key)} | {People(group)} | {group.Count()}")));
    }

    private static string Consent(IReadOnlyList<ConsentRecord> records) => records.Count == 0 ? "\nNo consent records.\n"
        : "\nConsent records:\n\n" + Rows("basis | for | people | first ends", records
            .GroupBy(record => (Basis: OptionCheck.Words(record.Basis.ToString()), Scope: string.Join(", ", record.Scope)))
            .OrderBy(group => group.Key.Basis, StringComparer.Ordinal).ThenBy(group => group.Key.Scope, StringComparer.Ordinal)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key.Basis} | {Cell(group.Key.Scope)} | {group.Count()}")
                + " | " + (group.Min(record => record.Expires)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never")));

    private static string Rows(string head, IEnumerable<string> rows) =>
        $"| {head} |\n|{string.Concat(head.Split('|').Select(_ => "---|"))}\n" + string.Concat(rows.Select(row => $"| {row} |\n")) + "\n";

    private static int People(IEnumerable<FrameRecord> frames) =>
        frames.Select(frame => frame.Identity).Distinct(StringComparer.Ordinal).Count();

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
