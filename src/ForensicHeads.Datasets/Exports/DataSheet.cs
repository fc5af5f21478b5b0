using System.Globalization;
using System.Text;

namespace ForensicHeads.Datasets.Exports;

/// <summary>What a data set holds, in words and tables for whoever gets it: how many, made by what, under which licences, and with whose
/// consent.</summary>
public static class DataSheet
{
    /// <summary>Markdown.</summary>
    public static string Of(ExportPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var text = new StringBuilder();
        var frames = plan.Sequences.SelectMany(sequence => sequence.Frames.Select(frame => (sequence.Part, Frame: frame))).ToArray();
        text.Append(CultureInfo.InvariantCulture,
            $"{frames.Length} face crops of {plan.Store.Info.Size}×{plan.Store.Info.Size} px, {plan.Sequences.Count} sequences, "
            + $"{frames.Select(one => one.Frame.Identity).Distinct(StringComparer.Ordinal).Count()} people. "
            + $"Crops: {plan.Store.Info.CropSpecification}.\n\n");
        Table("made by", one => one.Frame.IsReal ? one.Frame.Origin.Label.Text()
            : string.Join(' ', new[] { one.Frame.Origin.Generator ?? "unnamed", one.Frame.Origin.Mode?.Text() }.OfType<string>()));
        Table("part", one => one.Part);
        Table("licence", one => one.Frame.Licence.Length > 0 ? one.Frame.Licence : "not stated");
        Table("may be generated from", one => one.Frame.MayGenerate ? "yes" : "no");
        text.Append("Generated frames show people in scenes that never took place. Do not pass them off as real. Who may be generated\n")
            .Append("from is a matter of each person's own consent, which this folder does not carry.\n");
        return text.ToString();

        void Table(string what, Func<(string Part, FrameRecord Frame), string> of)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {what} | people | frames |\n|---|---|---|\n");
            foreach (var group in frames.GroupBy(of).OrderBy(group => group.Key, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"| {Cell(group.Key)} | ")
                    .Append(group.Select(one => one.Frame.Identity).Distinct(StringComparer.Ordinal).Count())
                    .Append(CultureInfo.InvariantCulture, $" | {group.Count()} |\n");
            text.Append('\n');
        }
    }

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
