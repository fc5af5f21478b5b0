namespace ForensicHeads.Detector.Scoring;

/// <summary>Scores photos and videos by a saved detector, along the very path that made its training frames.</summary>
/// <remarks>
/// Decoding, tracking and cutting are those of <c>ingest</c>, face detector on every frame included, so that a crop here is, to the bit,
/// the crop a store would hold. Memory grows with the clip by some hundred bytes a face and frame (landmarks, time, score), not by its
/// pictures.
/// </remarks>
public sealed class FileScorer
{
    private const int NamedFamilies = 5;
    private const string ToneMapped = "tone-mapped from high dynamic range, of which the detector saw none: a score but no verdict";

    private readonly SavedDetector saved;
    private readonly FaceCropper cropper;
    private readonly ScoreOptions options;
    private readonly FeatureLayout layout;
    private readonly FaceCropperOptions cropping;
    private readonly ILandmarkFinder? landmarks;

    /// <summary>Makes a scorer; detector, cropper and finder stay the caller's.</summary>
    /// <param name="saved">The detector.</param>
    /// <param name="cropper">Follows and cuts the faces.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="landmarks">Finds landmarks again in the crops; needed where the detector has a family over time, and must be the one it
    /// learnt with.</param>
    /// <exception cref="UserErrorException">An option outside its range, or another finder.</exception>
    public FileScorer(SavedDetector saved, FaceCropper cropper, ScoreOptions? options = null, ILandmarkFinder? landmarks = null)
    {
        ArgumentNullException.ThrowIfNull(saved);
        ArgumentNullException.ThrowIfNull(cropper);
        (this.saved, this.cropper, this.options) = (saved, cropper, options ?? new ScoreOptions());
        this.options.Validate();
        layout = saved.Layout;
        this.landmarks = landmarks;
        if (layout.HasTracks && landmarks?.Name != saved.Manifest.LandmarkFinder)
            throw new UserErrorException(
                $"The detector's landmarks were found by '{saved.Manifest.LandmarkFinder}', and '{landmarks?.Name ?? "none"}' is at "
                + "hand; score with the finder it learnt with.");
        cropping = new FaceCropperOptions
        {
            Size = Math.Max(saved.Manifest.CropSize > 0 ? saved.Manifest.CropSize : saved.Manifest.Size, 16),
            Patches = saved.Manifest.CropContract == CropRule.Patches,
            Limits = this.options.Limits,
            Workers = this.options.Workers,
        };
        Scope = DetectorScope.Of(saved.Manifest);
    }

    /// <summary>What the detector was trained on, in words.</summary>
    public string Scope { get; }

    /// <summary>Scores one file. A bad file gives a result with status and reason, never an exception.</summary>
    /// <param name="path">Video or photo.</param>
    /// <param name="progress">Frames done, of both passes.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    public FileScore Score(string path, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            // A score needs its whole track's features: a decode of their own comes first, which keeps points and no pictures.
            var tracks = layout.HasTracks ? Tracks(path, progress, cancellation) : null;
            var work = new CropScoring(saved.Detector, new CropFeatures(layout, saved.Range is not null, tracks), options.ExplainedTracks);
            var analysis = cropper.Process(path, cropping, work, progress, cancellation);
            work.Flush();
            return Describe(path, analysis, work.Tracks, tracks, cancellation);
        }
        catch (Exception error) when (error is not (OperationCanceledException or UserErrorException or OutOfMemoryException))
        {
            return FileScore.Failed(path, error, Scope);
        }
    }

    private IReadOnlyDictionary<int, float[]> Tracks(string path, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var work = new TrackLandmarks(layout, landmarks!);
        cropper.Process(path, cropping, work, progress, cancellation);
        return work.Measure();
    }

    private FileScore Describe(string path, VideoAnalysis analysis, IReadOnlyList<TrackTally> tallies,
        IReadOnlyDictionary<int, float[]>? tracksOverTime, CancellationToken cancellation)
    {
        var result = FileScore.Of(path, analysis, Scope);
        if (analysis.IsWithoutFace) return result;
        if (analysis.Status == MediaStatus.Rejected || tallies.Count == 0) return result with { Status = "rejected" };
        TrackScore[] tracks = [.. tallies.Select(Track)];
        var whole = FileVerdict.OfFile(tracks, saved.Calibrator);
        if (UnseenFakes.Doubt(saved.Manifest.Unseen) is { } doubt)
        {
            tracks = [.. tracks.Select(track => track with { Verdict = Careful(track.Verdict) })];
            whole = whole with
            {
                Verdict = Careful(whole.Verdict),
                Reason = whole.Verdict == Verdict.Real ? doubt
                    : whole.Reason?.Replace(Verdict.Real, Verdict.NoSign, StringComparison.Ordinal),
            };
        }

        // No detector so far has seen what a tone curve leaves of a picture.
        if (analysis.Facts!.ToneMapped is not null)
        {
            tracks = [.. tracks.Select(track => track with { Verdict = null, VerdictReason = ToneMapped })];
            whole = whole with { Verdict = null, Reason = ToneMapped };
        }

        return result with
        {
            Score = whole.Score,
            Spread = whole.Spread,
            Llr = whole.Llr,
            Verdict = whole.Verdict,
            VerdictReason = whole.Reason,
            Tracks = tracks,
            Warnings = ScoreWarnings.Of(analysis.Facts!, analysis, tracks, saved.Manifest, ScoreWarnings.CropRule(cropping)),
            KeyFrames =
                [.. tallies.Where(tally => tally.KeepsFrames)
                .SelectMany(tally =>
                    tally.KeyFrames.Select(frame => Explained(frame, tracksOverTime?.GetValueOrDefault(frame.Track), cancellation)))],
        };
    }

    private static string? Careful(string? verdict) => verdict == Verdict.Real ? Verdict.NoSign : verdict;

    private TrackScore Track(TrackTally tally) => tally.Scored(saved.Calibrator, saved.Range) with
    {
        Families = saved.Reference is { } reference
            ? [.. FamilyShift.Of(saved.Detector, reference, layout, tally.Rows).Take(NamedFamilies)] : [],
    };

    private KeyFrame Explained(KeyFrame frame, float[]? track, CancellationToken cancellation) => frame.What != TrackTally.Highest ? frame :
        frame with
        {
            Explanation =
                OcclusionMap.Of(saved.Detector, layout, ImageResize.Area(frame.Picture, layout.Size, layout.Size), track, cancellation)
        };
}

/// <summary>How files are scored.</summary>
public sealed record ScoreOptions
{
    /// <summary>Limits on each file.</summary>
    public MediaLimits Limits { get; init; } = new();

    /// <summary>Tracks, the longest ones, of which key frames are kept and explained; 0 … 100. Default 0: none.</summary>
    public int ExplainedTracks { get; init; }

    /// <summary>Frames worked on at once, 1 … 64. Default: the number of processors.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value outside its range.</exception>
    public void Validate()
    {
        Limits.Validate();
        if (ExplainedTracks is < 0 or > 100)
            throw new UserErrorException($"{ExplainedTracks} explained tracks are outside 0 … 100; 4 is usual.", exitCode: 2);
        if (Workers is < 1 or > 64) throw new UserErrorException($"{Workers} workers are outside 1 … 64; 2 is usual.", exitCode: 2);
    }
}

/// <summary>Finds the landmarks again in every crop of a file, track by track, as a training does in its stores' crops. Keeps points, no
/// pictures.</summary>
internal sealed class TrackLandmarks(FeatureLayout layout, ILandmarkFinder finder) : ICropWork<LandmarkSample>
{
    private readonly SortedDictionary<int, List<LandmarkSample>> samples = [];

    /// <summary>Columns over time of every track.</summary>
    public IReadOnlyDictionary<int, float[]> Measure() =>
        samples.ToDictionary(track => track.Key, track => layout.MeasureTrack(track.Value));

    public void Begin(IReadOnlyList<FaceTrack> tracks)
    {
        foreach (var track in tracks) samples.Add(track.Number, []);
    }

    public LandmarkSample Map(FaceCrop crop) => TrackSamples.Find(finder, [crop.Image], [crop.Frame.TimeS])[0];

    public bool Take(FaceCrop crop, LandmarkSample result)
    {
        samples[crop.Track.Number].Add(result);
        return false;
    }
}
