using System.Text.Json.Serialization;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Terciles;

/// <summary>The curve by distance to the nearest shot.</summary>
internal sealed class TercilesSection : IReportSection
{
    public string Title => AccuracySection.Heading;

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new DotFigure("terciles", "By distance to the nearest shot",
            "AUC within each third of the generated frames by the perceptual distance of the driver frame to the nearest shot: "
            + "a curve that holds only for near frames would measure copying.", 400),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results) =>
        results.Terciles.Where(row => row.Arm == results.Headline.Arm || row.Arm is null)
            .GroupBy(row => row.Mode).Select(mode => FigureTable.Of(
                $"terciles.{FigureTable.Slug(mode.Key.ToString())}", DotFigure.Columns,
                mode.OrderBy(row => row.Tercile).ThenBy(row => row.Shots)
                .Select(row => new object?[]
            {
                row.Tercile switch { 1 => "nearest third", 2 => "middle third", _ => "farthest third" },
                FormattableString.Invariant($"{mode.Key} {row.Shots}"),
                row.Auc, row.CiLow, row.CiHigh, results.Headline.Condition, Level.Frame, "", row.NIdentities,
            })));

    public string Html(SectionPage page) => page.Pictures
        + (page.Results.Terciles.Count == 0 ? "" : "<h3>By distance to the nearest shot</h3>\n" + Table(
            "terciles", page.Results.Terciles, ["third (1 = nearest)", "distance (bits of 64)", "mode", "arm", "T", "people", "AUC [95 %]"],
        (row, at) =>
        [
            Number($"{at}.tercile", Count(row.Tercile)),
            $"{Number($"{at}.distance_from", Bits(row.DistanceFrom))} to {Number($"{at}.distance_to", Bits(row.DistanceTo))}",
            Escape(row.Mode.ToString()), Arm(row.Arm), Number($"{at}.shots", Count(row.Shots)),
                Number($"{at}.n_identities", Count(row.NIdentities)),
            Interval(at, "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
        ]));

    private static string Bits(double? distance) => Count(distance is { } bits ? (long)Math.Round(bits) : null);
}

/// <summary>The curve within a third of the generated frames, by distance to the nearest shot (1 = nearest).</summary>
/// <param name="Tercile">1, 2 or 3.</param>
/// <param name="Mode"><c>ff</c> or <c>ft</c>.</param>
/// <param name="Shots">Shot count T.</param>
/// <param name="Auc">Area against the same real items.</param>
/// <param name="CiLow">Lower 95 % limit.</param>
/// <param name="CiHigh">Upper 95 % limit.</param>
/// <param name="NIdentities">Test people.</param>
public sealed record TercileRow(int Tercile, Method Mode, int Shots, double? Auc, double? CiLow, double? CiHigh, int NIdentities)
{
    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>Smallest distance in the third: bits of 64 in which the perceptual hashes of driver frame and nearest shot
    /// differ.</summary>
    public double? DistanceFrom { get; init; }

    /// <summary>Largest distance in the third.</summary>
    public double? DistanceTo { get; init; }

    /// <summary>
    /// The fakes of ff and ft in thirds, with one pair of cut points for all shot counts of a mode and arm. Equal distances stay together,
    /// so
    /// thirds can differ in size or be empty.
    /// </summary>
    /// <param name="items">Scores of one detector.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="distances">Bits of 64 by a generated frame's key.</param>
    public static IReadOnlyList<TercileRow> Of(
        IReadOnlyList<ScoredItem> items, string condition, IReadOnlyDictionary<string, float> distances)
    {
        var frames = items.Where(item => item.Level == Level.Frame && item.Condition == condition).ToArray();
        var real = frames.Where(item => !item.Generated).ToArray();
        return [.. frames.Where(item => item.Origin.IsHead && distances.ContainsKey(item.Key))
            .GroupBy(item => (Mode: item.Mode!.Value, item.Arm)).OrderBy(mode => mode.Key.Mode)
            .ThenBy(mode => mode.Key.Arm).SelectMany(mode =>
            {
                var sorted = mode.Select(item => distances[item.Key]).Order().ToArray();
                float[] cuts = [sorted[sorted.Length / 3], sorted[2 * sorted.Length / 3]];
                return mode.GroupBy(item => (Shots: item.Shots!.Value, Third: cuts.Count(cut => distances[item.Key] >= cut)))
                    .OrderBy(part => part.Key.Shots).ThenBy(part => part.Key.Third).Select(part =>
                    {
                        var auc = ClusteredAuc.Interval(real.Concat(part).Select(item => item.Clustered));
                        return new TercileRow(
                            part.Key.Third + 1, mode.Key.Mode, part.Key.Shots, auc.Value, auc.Low, auc.High, HeadlineScores.People(part))
                        {
                            Arm = mode.Key.Arm,
                            DistanceFrom = part.Min(item => distances[item.Key]),
                            DistanceTo = part.Max(item => distances[item.Key]),
                        };
                    });
            })];
    }
}
