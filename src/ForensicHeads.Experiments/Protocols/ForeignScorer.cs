using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>A detector of others as a baseline: what it says of a clip, whatever the other clips are.</summary>
internal sealed class ForeignScorer : IClipScorer
{
    private const int MostNamed = 5;
    private const string CodeVersion = "foreign-2";
    private readonly Dictionary<string, double> scores;

    private ForeignScorer(DetectorFile file, Dictionary<string, double> scores)
    {
        Name = NameOf(file);
        Description = string.Create(CultureInfo.InvariantCulture,
            $"a detector of others{(file.Version is { } version ? $", version {version}" : "")}; it learnt from: {file.TrainedOnText}; the "
            + $"{OptionCheck.Words(file.VideoScore.ToString())} of its scores over the clip's frames, sign fixed by its file");
        this.scores = scores;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Its name in tables.</summary>
    public static string NameOf(DetectorFile file) => file.Name.Replace('-', '_');

    /// <summary>Scores every clip once.</summary>
    /// <param name="detector">The detector; not kept.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="cache">Of a network's scores.</param>
    /// <param name="remark">Told of clips without a score, which count with the median of the others, as undecided.</param>
    /// <param name="named">Whether remarks may name clips and rows.</param>
    /// <param name="progress">Frames scored.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <returns>Null where a program failed on all clips, of which the remark is told.</returns>
    /// <exception cref="UserErrorException">Finished scores are those of other clips.</exception>
    public static ForeignScorer? Of(IForeignDetector detector, IReadOnlyList<Clip> clips, ContentCache? cache, Action<string> remark,
        bool named, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ClipAverage average = detector.File.VideoScore;
        var failures = new SortedSet<string>(StringComparer.Ordinal);
        var scores = clips.Zip(Frames(detector, clips, cache, failures, progress, cancellation))
            .ToDictionary(pair => pair.First.Id, pair => average.Of(pair.Second), StringComparer.Ordinal);
        foreach (var failure in failures) remark(failure);
        if (failures.Count > 0 && scores.Values.All(score => score is null)) return null;
        var undecided = ClipAverage.Median.Of(scores.Values) ?? throw new UserErrorException(
            $"{detector.File.Name} has a score for none of {clips.Count} clips. Check its names, or leave it out.");
        if (detector is ScoresDetector list)
        {
            Tell(list.Unmatched, detector.File.Name, remark, named);
            if (Auc.Compute(clips.Where(clip => scores[clip.Id] is not null)
                .Select(clip => new ClusteredScore(clip.Identity, clip.Generated, scores[clip.Id]!.Value))) is < 0.5 and var auc) remark(
                FormattableString.Invariant($"{detector.File.Name} has an AUC of {auc:0.000} over the clips. If its high scores mean ")
                + "real, say so by table.rises_to in a *.detector.json; nothing is turned round by itself.");
        }

        var missing = scores.Values.Count(score => score is null);
        if (missing > 0) remark(
            $"{missing} of {clips.Count} clips have no score of {detector.File.Name}; they count with the median of its scores, as "
            + "undecided.");
        return new ForeignScorer(detector.File,
            scores.ToDictionary(pair => pair.Key, pair => pair.Value ?? undecided, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public ClipScores Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(test);
        return new ClipScores([.. test.Select(clip => scores[clip.Id])]);
    }

    // A list of scores is as fast as a cache, and tells what did not fit.
    private static IEnumerable<double?[]> Frames(IForeignDetector detector, IReadOnlyList<Clip> clips, ContentCache? cache,
        SortedSet<string> failures, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var frames = clips.SelectMany(clip => clip.Frames).ToArray();
        var key = Hashes.OfText($"{CodeVersion}\n{detector.Sha256}\n{ClipFrames.Key(frames)}");
        var slot = detector.File.Kind == DetectorKind.Scores ? null
            : cache?.Slot($"{PathPart.Of(NameOf(detector.File))}-{key[..16]}.cached");
        if (slot?.Find(key) is { } kept) return JsonSerializer.Deserialize<double?[][]>(kept.Span, CanonicalJson.Line)!;
        var asked = ClipFrames.Score(detector, clips, progress, cancellation, failure => failures.Add(failure));
        // What failed is asked again next time.
        if (failures.Count == 0) slot?.Keep(key, JsonSerializer.SerializeToUtf8Bytes(asked, CanonicalJson.Line));
        return asked;
    }

    private static void Tell(UnmatchedScores unmatched, string name, Action<string> remark, bool named)
    {
        if (unmatched.Rows.Count > 0) remark($"Rows of {name} that belong to none of the clips: {Listed(unmatched.Rows, named)}.");
        if (unmatched.Clips.Count > 0) remark($"Clips without a row in {name}: {Listed(unmatched.Clips, named)}.");
        if (unmatched.Empty > 0) remark($"Rows of {name} without a finite score: {unmatched.Empty}.");
    }

    private static string Listed(IReadOnlyList<string> names, bool named) => !named ? NumberText.Count(names.Count)
        : $"{names.Count} ({string.Join(", ", names.Take(MostNamed).Select(PrintedText.Line))}{(names.Count > MostNamed ? ", …" : "")})";
}
