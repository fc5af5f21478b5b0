using ForensicHeads.Foundation;
using ForensicHeads.Media;

namespace ForensicHeads.Detector;

/// <summary>Scores photos and videos by a saved detector, along the very path that made its training frames.</summary>
/// <remarks>
/// Decoding, tracking and cutting are those of <c>ingest</c>, face detector on every frame included, so that a crop here is, to the bit, the crop a store
/// would hold. Memory grows with the clip by some hundred bytes a face and frame (landmarks, time, score), not by its pictures.
/// </remarks>
public sealed class FileScorer
{
    private const int NamedFamilies = 5;

    private readonly SavedDetector saved;
    private readonly FaceCropper cropper;
    private readonly ScoreOptions options;
    private readonly FeatureLayout layout;
    private readonly FaceCropperOptions cropping;

    /// <summary>Makes a scorer; detector and cropper stay the caller's.</summary>
    /// <exception cref="UserErrorException">An option outside its range.</exception>
    public FileScorer(SavedDetector saved, FaceCropper cropper, ScoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(saved);
        ArgumentNullException.ThrowIfNull(cropper);
        (this.saved, this.cropper, this.options) = (saved, cropper, options ?? new ScoreOptions());
        this.options.Validate();
        layout = saved.Layout;
        cropping = new FaceCropperOptions
        {
            Size = Math.Max(saved.Manifest.CropSize > 0 ? saved.Manifest.CropSize : saved.Manifest.Size, 16),
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
        var work = new CropScoring(saved.Detector, new CropFeatures(layout), options.ExplainedTracks);
        try
        {
            var analysis = cropper.Process(path, cropping, work, progress, cancellation);
            work.Flush();
            return Describe(path, analysis, work.Tracks, cancellation);
        }
        catch (Exception error) when (error is not (OperationCanceledException or UserErrorException or OutOfMemoryException))
        {
            return new FileScore { File = path, Status = "rejected", Reason = $"failed unexpectedly: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}", Scope = Scope };
        }
    }

    private FileScore Describe(string path, VideoAnalysis analysis, IReadOnlyList<TrackTally> tallies, CancellationToken cancellation)
    {
        var result = new FileScore
        {
            File = path,
            Sha256 = analysis.Facts?.Sha256,
            Status = analysis.Status.ToString().ToLowerInvariant(),
            Reason = analysis.Reason,
            Container = analysis.Facts is { } facts ? ContainerFacts.Of(facts, analysis) : null,
            Scope = Scope,
        };
        if (analysis.IsWithoutFace) return result with { Status = "ok", Reason = null, Verdict = Verdict.NoFace, VerdictReason = analysis.Reason };
        if (analysis.Status == MediaStatus.Rejected || tallies.Count == 0) return result with { Status = "rejected" };
        TrackScore[] tracks = [.. tallies.Select(Track)];
        var whole = FileVerdict.OfFile(tracks, saved.Calibrator);
        return result with
        {
            Score = whole.Score,
            Spread = whole.Spread,
            Llr = whole.Llr,
            Verdict = whole.Verdict,
            VerdictReason = whole.Reason,
            Tracks = tracks,
            Warnings = ScoreWarnings.Of(analysis.Facts!, analysis, tracks, saved.Manifest, ScoreWarnings.CropRule(cropping)),
            KeyFrames = [.. tallies.Where(tally => tally.KeepsFrames).SelectMany(tally => tally.KeyFrames.Select(frame => Explained(frame, cancellation)))],
        };
    }

    private TrackScore Track(TrackTally tally)
    {
        var frames = tally.Track.Frames;
        var (mean, spread) = tally.Summary();
        var judged = FileVerdict.OfTrack(mean, spread, tally.Frames, saved.Calibrator);
        return new TrackScore
        {
            Track = tally.Track.Number,
            FirstFrame = frames[0].FrameNumber,
            LastFrame = frames[^1].FrameNumber,
            Frames = tally.Frames,
            Box = new TrackBox(Median(frames, f => f.Box.X), Median(frames, f => f.Box.Y), Median(frames, f => f.Box.Width), Median(frames, f => f.Box.Height)),
            CropSide = Median(frames, f => f.Crop.Size),
            Score = judged.Score,
            Spread = judged.Spread,
            Llr = judged.Llr,
            Verdict = judged.Verdict,
            VerdictReason = judged.Reason,
            Series = tally.Series,
            Families = saved.Reference is { } reference ? [.. FamilyShift.Of(saved.Detector, reference, layout, tally.Rows).Take(NamedFamilies)] : [],
        };
    }

    private KeyFrame Explained(KeyFrame frame, CancellationToken cancellation) => frame.What != TrackTally.Highest ? frame :
        frame with { Explanation = OcclusionMap.Of(saved.Detector, layout, ImageResize.Area(frame.Picture, layout.Size, layout.Size), cancellation) };

    private static double Median(IReadOnlyList<TrackFrame> frames, Func<TrackFrame, double> of)
    {
        var sorted = frames.Select(of).Order().ToArray();
        return Math.Round(sorted[sorted.Length / 2], 1);
    }
}
