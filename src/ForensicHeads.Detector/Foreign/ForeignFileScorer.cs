using System.Globalization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>Scores photos and videos by a detector of others: faces are followed and cut out as for ours, and it is asked about some frames
/// of each.</summary>
public sealed class ForeignFileScorer
{
    // Where the file does not say which frames: five a second, and no more of a face than tell anything new.
    private const double UsualSeconds = 0.2;
    private const int UsualMost = 32;
    private const int LeastCrop = 256;
    private const string NoVerdict = "a detector of others has no calibrator here, so its score has no scale; an experiment gives it one";

    private readonly IForeignDetector detector;
    private readonly FaceCropper cropper;
    private readonly ScoreOptions options;
    private readonly FaceCropperOptions cropping;

    /// <summary>Makes a scorer; detector and cropper stay the caller's.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="cropper">Follows and cuts the faces.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="UserErrorException">An option outside its range.</exception>
    public ForeignFileScorer(IForeignDetector detector, FaceCropper cropper, ScoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        (this.detector, this.cropper, this.options) = (detector, cropper, options ?? new ScoreOptions());
        this.options.Validate();
        var seconds = detector.File.Frames?.EverySeconds ?? UsualSeconds;
        cropping = new FaceCropperOptions
        {
            Size = Math.Max(LeastCrop, detector.File.Input?.Width ?? 0),
            FramesPerSecond = seconds > 0 ? Math.Min(1000, 1 / seconds) : 0,
            Limits = this.options.Limits,
            Workers = this.options.Workers,
        };
        Scope = $"{detector.File.Name} is a detector of others, used as it is (licence: {detector.File.Licence}; trained on: "
            + $"{detector.File.TrainedOnText}). A higher score speaks for generated; what it is worth only a test can tell.";
    }

    /// <summary>What it is, and what does not follow.</summary>
    public string Scope { get; }

    /// <summary>Scores one file. A bad file gives a result with status and reason, never an exception.</summary>
    /// <param name="path">Video or photo.</param>
    /// <param name="progress">Frames done, of both passes.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    public FileScore Score(string path, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            var work = new Chosen(detector.File.Frames?.AtMost ?? UsualMost, options.ExplainedTracks);
            var analysis = cropper.Process(path, cropping, work, progress, cancellation);
            return Describe(path, analysis, work, cancellation);
        }
        catch (JobFailedException error)
        {
            return FileScore.Failed(path, error, Scope) with { Reason = $"{detector.File.Name} gave no score: {error.Message}" };
        }
        catch (Exception error) when (error is not (OperationCanceledException or UserErrorException or OutOfMemoryException))
        {
            return FileScore.Failed(path, error, Scope);
        }
    }

    private FileScore Describe(string path, VideoAnalysis analysis, Chosen work, CancellationToken cancellation)
    {
        var begun = FileScore.Of(path, analysis, Scope) with { HasNoScale = true };
        if (analysis.IsWithoutFace) return begun;
        if (analysis.Status == MediaStatus.Rejected || work.Crops.Count == 0) return begun with { Status = "rejected" };
        var whole = detector.File.Crop?.Of == CropOf.Frame
            ? WholeFrames.Read(path, work.Crops.Select(crop => crop.Frame.FrameNumber).ToHashSet(), options.Limits, cancellation) : null;
        var clips = work.Crops.GroupBy(crop => crop.Track.Number).Select(track => track.ToArray()).ToArray();
        var scores = detector.Score(
            [.. clips.Select(clip => clip.Select(crop => Sample(crop, path, analysis, whole)).ToArray())], cancellation);
        foreach (var (crop, score) in clips.SelectMany(clip => clip).Zip(scores.SelectMany(clip => clip)))
            if (score is { } known) work.Tallies[crop.Track.Number].Score(crop, (float)known);
        TrackTally[] told = [.. work.Tallies.Values.Where(tally => tally.Frames > 0)];
        if (told.Length == 0) return begun with
        {
            VerdictReason = $"{detector.File.Name} gave no score for its {work.Crops.Count} frames",
            Verdict = Verdict.Inconclusive,
        };
        TrackScore[] tracks = [.. told.Select(Track)];
        var all = FileVerdict.OfFile(tracks, null);
        return begun with
        {
            Score = all.Score,
            Spread = all.Spread,
            VerdictReason = NoVerdict,
            Tracks = tracks,
            Warnings = [.. Warnings(analysis, work.Crops.Count, tracks.Sum(track => track.Frames))],
            KeyFrames = [.. told.Where(tally => tally.KeepsFrames).SelectMany(tally => tally.KeyFrames)
                .Select(frame => Explained(frame, work, path, analysis, cancellation))],
        };
    }

    private TrackScore Track(TrackTally tally)
    {
        var track = tally.Scored(null);
        return track with
        {
            Score = detector.File.VideoScore.Of(track.Series.Score.Select(score => (double?)score)) ?? track.Score,
            Verdict = null,
            VerdictReason = null,
        };
    }

    private static ForeignSample Sample(FaceCrop crop, string path, VideoAnalysis analysis, Dictionary<int, RgbImage>? whole)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"track{crop.Track.Number}-{crop.Frame.FrameNumber:D6}");
        var sample = whole is null ? new ForeignSample(name, crop.Image, crop.Landmarks)
            : new ForeignSample(name, whole[crop.Frame.FrameNumber], crop.Frame.Landmarks) { IsWhole = true };
        return sample with { SourceSha256 = analysis.Facts!.Sha256, FileName = path, Path = path };
    }

    // Where its score comes from, for detectors that look at single crops.
    private KeyFrame Explained(KeyFrame frame, Chosen work, string path, VideoAnalysis analysis, CancellationToken cancellation)
    {
        var file = detector.File;
        if (frame.What != TrackTally.Highest || file.Clip is not null || file.Kind == DetectorKind.Scores
            || file.Wants == ProgramWants.Files || file.Crop?.Of == CropOf.Frame) return frame;
        var crop = work.Crops.First(one => one.Track.Number == frame.Track && one.Frame.FrameNumber == frame.Frame);
        var sample = Sample(crop, path, analysis, null);
        return frame with
        {
            Explanation = OcclusionMap.Of(frame.Picture, pictures =>
                [.. detector.Score([.. pictures.Select(picture => (ForeignSample[])[sample with { Picture = picture }])], cancellation)
                    .Select(clip => (float)(clip[0] ?? frame.Score))]),
        };
    }

    private static IEnumerable<string> Warnings(VideoAnalysis analysis, int asked, int scored)
    {
        if (analysis.Status == MediaStatus.Partial) yield return $"partial file: {analysis.Reason}; what could be read was scored";
        foreach (var warning in analysis.Facts!.Warnings) yield return warning;
        if (scored < asked) yield return string.Create(CultureInfo.InvariantCulture,
            $"left out: the detector gave no score for {asked - scored} of {asked} frames");
    }

    /// <summary>Keeps the crops of the frames that are asked about.</summary>
    private sealed class Chosen(int most, int explainedTracks) : ICropWork<bool>
    {
        private readonly Dictionary<int, HashSet<int>> wanted = [];

        public List<FaceCrop> Crops { get; } = [];

        public SortedDictionary<int, TrackTally> Tallies { get; } = [];

        public void Begin(IReadOnlyList<FaceTrack> tracks)
        {
            var explained = tracks.OrderByDescending(track => track.Frames.Count).ThenBy(track => track.Number).Take(explainedTracks)
                .Select(track => track.Number).ToHashSet();
            foreach (var track in tracks)
            {
                Tallies.Add(track.Number, new TrackTally(track, explained.Contains(track.Number)));
                wanted[track.Number] = Evenly.Spread(track.Frames, most).Select(frame => frame.FrameNumber).ToHashSet();
            }
        }

        public bool Map(FaceCrop crop) => wanted[crop.Track.Number].Contains(crop.Frame.FrameNumber);

        public bool Take(FaceCrop crop, bool result)
        {
            if (result) Crops.Add(crop);
            return result;
        }
    }
}

/// <summary>Whole pictures of a file, for detectors that want more than the face.</summary>
internal static class WholeFrames
{
    /// <summary>Decodes some frames.</summary>
    /// <param name="path">Photo or video.</param>
    /// <param name="numbers">Numbers of the frames, from 0.</param>
    /// <param name="limits">Limits on the file.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    /// <exception cref="MediaRejectedException">The file cannot be decoded any more.</exception>
    public static Dictionary<int, RgbImage> Read(string path, HashSet<int> numbers, MediaLimits limits, CancellationToken cancellation)
    {
        var facts = MediaProbe.Inspect(path, limits, cancellation);
        if (facts.IsPhoto) return new() { [0] = PhotoReader.Read(path, limits, cancellation).Image };
        var found = new Dictionary<int, RgbImage>();
        using var decoder = new VideoDecoder(facts, limits, cancellation: cancellation);
        while (found.Count < numbers.Count && decoder.Next() is { } frame)
        {
            if (numbers.Contains(frame.Number)) found[frame.Number] = frame.Image;
            else decoder.Recycle(frame);
        }

        return found.Count == numbers.Count ? found : throw new MediaRejectedException("the file changed while it was read");
    }
}
