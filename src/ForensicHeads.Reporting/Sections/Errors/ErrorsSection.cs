using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Errors;

/// <summary>The frames that the artefact detector errs on most, as pictures and as a table.</summary>
internal sealed class ErrorsSection : IReportSection
{
    public string Title => "Worst errors";

    public string Grid => ErrorRow.Grid;

    public string Html(SectionPage page) => page.Results.WorstErrors.Count == 0 ? "" : page.Pictures + Table(
        "worst_errors", page.Results.WorstErrors,
        ["error", "rank", "person", "frame", "mode", "T", "condition", "score (logit over the threshold)"],
        (row, at) =>
        [
            row.Kind == ErrorRow.FalseAlarm ? "true frame, called generated" : "fake, called real", Number($"{at}.rank", Count(row.Rank)),
            Escape(row.Identity), Escape(row.Key),
            Escape(row.Mode?.ToString() ?? Undefined), Number($"{at}.shots", Count(row.Shots)), Escape(row.Condition),
            Number($"{at}.score", Difference(row.Score)),
        ])
        + Note("Of each person the frame that the artefact detector errs on most, at most six people a kind. Fewer rows mean fewer people "
        + "with any error. The pictures show the frames before the condition was applied.");
}

/// <summary>One of the detector's worst errors: a true frame that it takes for generated, or a fake that it takes for true.</summary>
public sealed record ErrorRow
{
    /// <summary>Most errors of a kind, one a person.</summary>
    public const int Most = 6;

    /// <summary>Name of the grid of their pictures.</summary>
    public const string Grid = "errors";

    /// <summary>A true frame with a high score.</summary>
    public const string FalseAlarm = "false_alarm";

    /// <summary>A generated frame with a low score.</summary>
    public const string Miss = "miss";

    /// <summary><c>false_alarm</c> or <c>miss</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Place among its kind, from 1: the worst.</summary>
    public required int Rank { get; init; }

    /// <summary>The frame's key.</summary>
    public required string Key { get; init; }

    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>; null for a true frame.</summary>
    public Method? Mode { get; init; }

    /// <summary>Shot count T; null for a true frame.</summary>
    public int? Shots { get; init; }

    /// <summary>The condition that it was scored under.</summary>
    public required string Condition { get; init; }

    /// <summary>Logit relative to the threshold: positive is called generated.</summary>
    public required double Score { get; init; }

    /// <summary>The worst frame of each of the people the detector errs on most: true frames by the highest score, fakes of ff and ft (of
    /// one arm) by the lowest. Right calls are not among them.</summary>
    /// <param name="items">Scores of one detector.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="arm">The headline's.</param>
    public static IReadOnlyList<ErrorRow> Of(IReadOnlyList<ScoredItem> items, string condition, Arm? arm)
    {
        var frames = items.Where(item => item.Level == Level.Frame && item.Condition == condition).ToArray();
        return [.. Worst(FalseAlarm, frames.Where(item => !item.Generated && item.Score > 0), item => -item.Score),
            .. Worst(Miss,
            frames.Where(item => item is { Origin.IsHead: true } && (item.Arm is null || item.Arm == arm) && item.Score <= 0), item =>
                item.Score)];
    }

    private static IEnumerable<ErrorRow> Worst(string kind, IEnumerable<ScoredItem> wrong, Func<ScoredItem, double> order) =>
        wrong.GroupBy(item => item.Identity, StringComparer.Ordinal)
            .Select(person => person.OrderBy(order).ThenBy(item => item.Key, StringComparer.Ordinal).First())
            .OrderBy(order).ThenBy(item => item.Key, StringComparer.Ordinal).Take(Most)
            .Select((item, i) =>
                new ErrorRow
                {
                    Kind = kind,
                    Rank = i + 1,
                    Key = item.Key,
                    Identity = item.Identity,
                    Mode = item.Mode,
                    Shots = item.Shots,
                    Condition = item.Condition,
                    Score = item.Score
                });
}
