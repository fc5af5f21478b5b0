using System.Globalization;
using System.Text;
using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Scores;

/// <summary>Scores over time as an SVG that follows the page's colours.</summary>
internal static class ScoreTimeline
{
    private const int Width = 960, Height = 200, Left = 46, Right = 8, Top = 10, Bottom = 26;
    private const int MostBins = 400;
    private const double LeastRange = 4;

    /// <summary>The mean of each stretch of time as a line, its lowest and highest frame as a band; empty for fewer than two
    /// frames.</summary>
    internal static string Svg(ScoredTrack track)
    {
        if (track.Scores.Count < 2) return "";
        var (start, end) = (track.Times[0], Math.Max(track.Times[^1], track.Times[0] + 1e-3));
        var most = Math.Max(LeastRange, Math.Ceiling(track.Scores.Max(score => Math.Abs((double)score))));
        var bins = Bins(track, start, end);
        double X(double time) => Left + ((time - start) / (end - start) * (Width - Left - Right));
        double Y(double score) => Top + ((most - score) / (2 * most) * (Height - Top - Bottom));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg class=\"timeline\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Scores over time, {Number(start)} to "
            + $"{Number(end)} s\">");
        if (track.Range is { } range)
        {
            var (high, low) = (Y(Math.Min(range.High, most)), Y(Math.Max(range.Low, -most)));
            if (low > high) svg.Append(CultureInfo.InvariantCulture,
                $"<rect class=\"range\" x=\"{Left}\" y=\"{Number(high)}\" width=\"{Width - Left - Right}\" "
                + $"height=\"{Number(low - high)}\"/>");
        }

        foreach (var score in new[] { -most, 0, most })
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<line class=\"{(score == 0 ? "zero" : "grid")}\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Number(Y(score))}\" "
                + $"y2=\"{Number(Y(score))}\"/>")
                .Append(CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 6}\" y=\"{Number(Y(score) + 4)}\" text-anchor=\"end\">{score:+0;−0;0}</text>");
        }

        foreach (var run in Runs(bins, (end - start) / bins.Count))
        {
            var band = run.Select(bin => $"{Number(X(bin.Time))},{Number(Y(bin.High))}")
                .Concat(run.Reverse().Select(bin => $"{Number(X(bin.Time))},{Number(Y(bin.Low))}"));
            svg.Append($"<polygon class=\"band\" points=\"{string.Join(' ', band)}\"/>");
            svg.Append(
                "<polyline class=\"mean\" "
                + $"points=\"{string.Join(' ', run.Select(bin => $"{Number(X(bin.Time))},{Number(Y(bin.Mean))}"))}\"/>");
        }

        foreach (var (time, anchor) in new[] { (start, "start"), ((start + end) / 2, "middle"), (end, "end") })
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{Number(X(time))}\" y=\"{Height - 8}\" text-anchor=\"{anchor}\">{time:0.0#} s</text>");
        return svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{Width - Right - 4}\" y=\"{Top + 14}\" text-anchor=\"end\">towards {Escape(track.Ends.High)} ↑</text><text "
            + $"x=\"{Width - Right - 4}\" y=\"{Height - Bottom - 6}\" text-anchor=\"end\">towards {Escape(track.Ends.Low)} "
            + $"↓</text></svg>\n").ToString();
    }

    /// <summary>Frames that are close to one another in time; where nothing was scored there is no bin.</summary>
    private static List<Bin> Bins(ScoredTrack track, double start, double end)
    {
        var count = Math.Min(MostBins, track.Scores.Count);
        return [.. Enumerable.Range(0, track.Scores.Count)
            .GroupBy(i => Math.Min(count - 1, (int)((track.Times[i] - start) / (end - start) * count)))
            .Select(group =>
                new Bin(group.Average(i => track.Times[i]), group.Average(i => (double)track.Scores[i]), group.Min(i => track.Scores[i]),
            group.Max(i => track.Scores[i])))];
    }

    /// <summary>Breaks the line where the face was out of sight.</summary>
    private static IEnumerable<Bin[]> Runs(List<Bin> bins, double step)
    {
        var run = new List<Bin>();
        foreach (var bin in bins)
        {
            if (run.Count > 0 && bin.Time - run[^1].Time > Math.Max(3 * step, 0.25))
            {
                yield return [.. run];
                run.Clear();
            }

            run.Add(bin);
        }

        yield return [.. run];
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private readonly record struct Bin(double Time, double Mean, double Low, double High);
}
