using System.Globalization;

namespace ForensicHeads.Cli.Scoring;

/// <summary>Writes the page of a scoring run: <c>report.html</c>, <c>scores.json</c> and the overlays as PNG files.</summary>
internal static class ScoreReport
{
    private const int FewFiles = 10;
    private const int ManyFiles = 100;

    /// <summary>Tracks of each file whose frames are shown: a page of a thousand files must still open.</summary>
    public static int ExplainedTracks(int files) => files <= FewFiles ? 4 : files <= ManyFiles ? 1 : 0;

    /// <summary>Writes the folder and gives the page's path.</summary>
    public static string Write(string folder, IReadOnlyList<FileScore> files, IFileJudge judge, string command, object document)
    {
        AtomicFile.WriteText(folder, "scores.json", CanonicalJson.ToText(document));
        var views = files.Select((file, index) => View(file, index, folder, judge)).ToArray();
        AtomicFile.WriteText(folder, "report.html",
            ScorePage.Compose(new ScorePageInputs
            {
                Worth = judge.Worth,
                Person = judge.Person,
                Note = Note(files.Count),
                Scope = judge.Scope,
                Command = command,
                Detector = judge.Facts,
                Files = views
            }));
        return Path.GetFullPath(Path.Combine(folder, "report.html"));
    }

    private static string? Note(int files) => ExplainedTracks(files) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture,
            $"Frames and explanations are left out of pages of more than {ManyFiles} files; score a file by itself to see them."),
        1 => string.Create(CultureInfo.InvariantCulture,
            $"Of more than {FewFiles} files, frames of the longest track alone are shown; score a file by itself to see more."),
        _ => null,
    };

    private static ScoredFile View(FileScore file, int index, string folder, IFileJudge judge) => new()
    {
        Name = Path.GetFileName(file.File),
        Answer = ScoreText.Answer(file),
        Word = ScoreText.Word(file),
        Llr = file.Llr,
        Score = file.Score,
        Facts = Facts(file),
        Warnings = file.Warnings,
        Tracks = [.. file.Tracks.Select(track => new ScoredTrack
        {
            Title = ScoreText.Place(track),
            Answer = Capital(ScoreText.Answer(track)) + ".",
            Times = track.Series.TimeS,
            Scores = track.Series.Score,
            Ends = ScoreText.Ends(file),
            Range = judge.Calibrator is { } calibrator ? (calibrator.MinimumScore, calibrator.MaximumScore) : null,
            Pictures = [.. file.KeyFrames.Where(frame => frame.Track == track.Track).SelectMany(frame => Pictures(frame, index, folder))],
            Families = [.. track.Families.Select(family => (family.Family, family.Shift))],
        })],
    };

    private static IEnumerable<ScoredPicture> Pictures(KeyFrame frame, int index, string folder)
    {
        var where = string.Create(CultureInfo.InvariantCulture,
            $"frame {frame.Frame}, {frame.TimeS:0.00} s, score {frame.Score.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture)}");
        yield return new ScoredPicture($"{Capital(frame.What)}: {where}", ImageCodec.EncodePng(frame.Picture));
        if (frame.Explanation is not { } map) yield break;
        var overlay = ImageCodec.EncodePng(map.Over(frame.Picture));
        AtomicFile.WriteBytes(folder,
            string.Create(CultureInfo.InvariantCulture, $"explanations/{index:D4}-track{frame.Track}-frame{frame.Frame:D6}.png"), overlay);
        yield return new ScoredPicture($"Explanation of frame {frame.Frame}: orange speaks for generated, blue for real", overlay);
    }

    private static IReadOnlyList<ReportFact> Facts(FileScore file) =>
    [
        new("status", file.Reason is null ? file.Status : $"{file.Status}: {file.Reason}"),
        .. file.Container is { } container
        ? [new ReportFact("container", ScoreText.Facts(container)),
        new ReportFact("length",
        string.Create(CultureInfo.InvariantCulture,
        $"{container.Bytes} bytes{(container.Seconds > 0 ? $", {container.Seconds:0.##} s" : "")}"))] : Array.Empty<ReportFact>(),
        new("SHA-256", file.Sha256 ?? "not read"),
    ];

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
