using System.Globalization;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Cli.Scoring;

/// <summary>A scored file in words.</summary>
internal static class ScoreText
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int TimelineWidth = 60;
    private const double LeastRange = 4;

    /// <summary>The verdict, or what stands in its place.</summary>
    public static string Word(FileScore file) => file.Verdict ?? (file.Status == "rejected" ? "rejected" : "no verdict");

    /// <summary>The result in one sentence.</summary>
    public static string Answer(FileScore file) => Answer(file, Path.GetFileName(file.File));

    private static string Answer(FileScore file, string called)
    {
        var name = Plain(called);
        return file switch
        {
            { Status: "rejected" } => $"{name} was rejected: {Plain(file.Reason)}.",
            { Verdict: Detector.Calibration.Verdict.NoFace } => $"In {name} no face was scored: {Plain(file.VerdictReason)}.",
            { Verdict: null } =>
                string.Create(CultureInfo.InvariantCulture,
                $"{name} has score {ProseDifference(file.Score)} and no verdict: {Plain(file.VerdictReason)}."),
            { Verdict: Detector.Calibration.Verdict.Inconclusive } =>
                $"{name} is {file.Verdict}: {Plain(file.VerdictReason)}{Odds(file, " (", ")")}.",
            { Verdict: Detector.Calibration.Verdict.NoSign } =>
                $"{name}: {file.Verdict} by this detector (log10 LR {ProseDifference(file.Llr)}{Odds(file, "; ", "")}). Careful: "
                + $"{Plain(file.VerdictReason)}.",
            { Person: { } person } =>
                $"{name} is {Plain(file.Verdict)} (log10 LR {ProseDifference(file.Llr)} within {ProseDifference(person.LowerBound)} … "
                + $"{ProseDifference(person.UpperBound)}{Odds(file, "; ", "")}), as far as {Counted(person.References)} can tell.",
            _ => $"{name} is {file.Verdict} (log10 LR {ProseDifference(file.Llr)}{Odds(file, "; ", "")}), as far as this detector can "
                + "tell.",
        };
    }

    /// <summary>A track in one sentence.</summary>
    public static string Answer(TrackScore track) => string.Create(
        CultureInfo.InvariantCulture,
        $"score {ProseDifference(track.Score)} ± {track.Spread:0.00}")
        + (track.Verdict is { } verdict ? $", {Plain(verdict)}{(track.VerdictReason is null ? Evidence(track.Llr) : "")}" : "")
        + (track.VerdictReason is { } reason ? $": {Plain(reason)}" : "");

    /// <summary>Where a track is seen.</summary>
    public static string Place(TrackScore track) => string.Create(
        CultureInfo.InvariantCulture,
        $"track {track.Track}: {Frames(track)}, crop {track.CropSide:0} px wide");

    private static string Frames(TrackScore track) => track.Frames == 1
        ? string.Create(CultureInfo.InvariantCulture, $"frame {track.FirstFrame}")
        : string.Create(CultureInfo.InvariantCulture, $"frames {track.FirstFrame} to {track.LastFrame}, ")
            + $"{Clock(track.Series.TimeS[0])} to {Clock(track.Series.TimeS[^1])}";

    /// <summary>The container's facts in one line.</summary>
    public static string Facts(ContainerFacts facts) => facts.Kind == "photo"
        ? string.Create(CultureInfo.InvariantCulture, $"{facts.Format} {facts.Width}×{facts.Height}")
        : string.Create(CultureInfo.InvariantCulture,
        $"{facts.Codec} in {facts.Format}, {facts.Width}×{facts.Height}, {facts.FrameRate:0.##} frames/s, {facts.DecodedFrames} of "
        + $"{facts.DeclaredFrames} declared frames, {facts.FramesWithoutFace} without a face");

    /// <summary>What low and high scores speak for.</summary>
    public static (string Low, string High) Ends(FileScore file) => file.HasNoScale ? ("lower scores", "higher scores")
        : file.Person is { } person ? (Plain(person.Name), $"not {Plain(person.Name)}") : (Label.Real.Text(), Label.Generated.Text());

    /// <summary>All lines of a file for the terminal.</summary>
    public static IEnumerable<string> Lines(FileScore file)
    {
        // By the path as it was given: two folders may hold a clip of one name.
        yield return Answer(file, file.File);
        if (file.Container is { } facts) yield return $"  {Facts(facts)}; SHA-256 {file.Sha256}";
        foreach (var track in file.Tracks)
        {
            yield return $"  {Place(track)}: {Answer(track)}";
            if (track.Frames > 1 && !file.HasNoScale) yield return $"    {Ends(file).Low} ▁ {Timeline(track)} █ {Ends(file).High}";
        }

        foreach (var note in file.Container?.Notes ?? []) yield return $"  note: {Plain(note)}";
        foreach (var warning in file.Warnings) yield return $"  warning: {Plain(warning)}";
    }

    /// <summary>Mean score of each stretch of time as a block of its height; the middle is 0, a blank is a stretch without a
    /// face.</summary>
    public static string Timeline(TrackScore track)
    {
        var (times, scores) = (track.Series.TimeS, track.Series.Score);
        var most = Math.Max(LeastRange, scores.Max(score => Math.Abs((double)score)));
        var width = Math.Min(TimelineWidth, scores.Count);
        var (sums, counts) = (new double[width], new int[width]);
        var length = Math.Max(times[^1] - times[0], 1e-9);
        for (var i = 0; i < scores.Count; i++)
        {
            var at = Math.Min(width - 1, (int)((times[i] - times[0]) / length * width));
            sums[at] += scores[i];
            counts[at]++;
        }

        return string.Concat(sums.Zip(counts, (sum, count) =>
            count == 0 ? ' ' : Blocks[Math.Clamp((int)(((sum / count / most) + 1) / 2 * Blocks.Length), 0, Blocks.Length - 1)]));
    }

    /// <summary>Names and reasons may come from strangers: nothing that moves a cursor.</summary>
    public static string Plain(string? text) => PrintedText.Line(text ?? "");

    private static string Evidence(double? llr) => llr is { } value ? $" (log10 LR {ProseDifference(value)})" : "";

    private static string Odds(FileScore file, string before, string after) => file.Probability is { } probability
        ? FormattableString.Invariant($"{before}at even odds, {Ends(file).High} with probability {probability:0.00}{after}") : "";

    private static string Counted(int references) =>
        references == 1 ? "one reference" : string.Create(CultureInfo.InvariantCulture, $"{references} references");

    private static string Clock(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)}:{seconds % 60:00.0}");
}
