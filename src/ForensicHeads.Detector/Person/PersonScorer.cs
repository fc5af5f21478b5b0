using System.Globalization;

namespace ForensicHeads.Detector.Person;

/// <summary>Asks of photos and videos whether they show a person.</summary>
public sealed class PersonScorer
{
    // At five frames a second less than a second; a mean over fewer says little.
    private const int FewFrames = 5;

    private readonly PersonReferences known;
    private readonly ReferenceSpread spread;
    private readonly PersonCalibration calibration;
    private readonly FaceRecogniser recogniser;
    private readonly FaceCropper cropper;
    private readonly ScoreOptions options;
    private readonly PersonClaim claim;

    /// <summary>Makes a scorer; recogniser and cropper stay the caller's.</summary>
    /// <param name="person">The person.</param>
    /// <param name="calibration">Of the same recogniser.</param>
    /// <param name="recogniser">The recogniser.</param>
    /// <param name="cropper">Follows and cuts the faces.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="UserErrorException">An option outside its range.</exception>
    public PersonScorer(EnrolledPerson person, PersonCalibration calibration, FaceRecogniser recogniser, FaceCropper cropper,
        ScoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(recogniser);
        this.options = options ?? new ScoreOptions();
        this.options.Validate();
        (this.calibration, this.recogniser, this.cropper) = (calibration, recogniser, cropper);
        known = person.Held();
        spread = calibration.SpreadOf(known);
        claim = new PersonClaim(person.Identity, person.Network, known.Count, calibration.Calibrator.LowerBound,
            calibration.Calibrator.UpperBound);
        Scope = string.Create(CultureInfo.InvariantCulture,
            $"Compares each face, five frames a second, with {known.Count} reference{(known.Count == 1 ? "" : "s")} of {claim.Name} by "
            + $"{claim.Network}; {calibration.Describe()}. {PersonVerdict.Worth}");
    }

    /// <summary>What it compares with, and what does not follow.</summary>
    public string Scope { get; }

    /// <summary>Scores one file. A bad file gives a result with status and reason, never an exception.</summary>
    /// <param name="path">Video or photo.</param>
    /// <param name="progress">Frames done, of both passes.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    public FileScore Score(string path, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            var work = new Likeness(this);
            var cropping = PersonMedia.Cropping with { Limits = options.Limits, Workers = options.Workers };
            var analysis = cropper.Process(path, cropping, work, progress, cancellation);
            return Named(Describe(FileScore.Of(path, analysis, Scope), analysis, work));
        }
        catch (Exception error) when (error is not (OperationCanceledException or UserErrorException or OutOfMemoryException))
        {
            return Named(FileScore.Failed(path, error, Scope));
        }
    }

    private FileScore Describe(FileScore begun, VideoAnalysis analysis, Likeness work)
    {
        if (begun.Status == "rejected" || analysis.IsWithoutFace) return begun;
        if (work.Tracks.Count == 0) return begun with { Status = "rejected" };
        TrackScore[] tracks = [.. work.Tracks.Select(tally => tally.Scored(calibration.Calibrator))];
        var whole = FileVerdict.OfFile(tracks, calibration.Calibrator);
        return begun with
        {
            Score = whole.Score,
            Spread = whole.Spread,
            Llr = whole.Llr,
            Verdict = whole.Verdict,
            VerdictReason = whole.Reason,
            Tracks = tracks,
            Warnings = [.. Warnings(analysis, tracks)],
            KeyFrames = [.. work.Tracks.Where(tally => tally.KeepsFrames).SelectMany(tally => tally.KeyFrames)],
        };
    }

    private FileScore Named(FileScore score) => score with
    {
        Person = claim,
        Verdict = PersonVerdict.Of(score.Verdict, claim.Name),
        VerdictReason = PersonVerdict.Of(score.VerdictReason, claim.Name),
        Tracks = [.. score.Tracks.Select(track => track with
        {
            Verdict = PersonVerdict.Of(track.Verdict, claim.Name),
            VerdictReason = PersonVerdict.Of(track.VerdictReason, claim.Name),
        })],
    };

    private IEnumerable<string> Warnings(VideoAnalysis analysis, TrackScore[] tracks)
    {
        if (analysis.Status == MediaStatus.Partial) yield return $"partial file: {analysis.Reason}; what could be read was scored";
        foreach (var warning in analysis.Facts!.Warnings) yield return warning;
        foreach (var track in tracks)
        {
            var reduction = analysis.Tracks.Single(one => one.Number == track.Track).Frames
                .Average(frame => recogniser.Design.Reduction(frame.Landmarks));
            if (reduction < 1) yield return string.Create(CultureInfo.InvariantCulture,
                $"small face: track {track.Track} was enlarged {1 / reduction:0.0} times for {claim.Network}, which tells people apart "
                + $"less well by it");
            if (!analysis.Facts.IsPhoto && track.Frames < FewFrames) yield return string.Create(CultureInfo.InvariantCulture,
                $"short track: track {track.Track} gave {track.Frames} frame{(track.Frames == 1 ? "" : "s")}; below {FewFrames} a mean "
                + $"says little");
        }

        if (known.Count < PersonCalibration.References) yield return string.Create(CultureInfo.InvariantCulture,
            $"few references: {known.Count} of {claim.Name}; the calibration held {PersonCalibration.References} of each person");
    }

    /// <summary>The score of every face.</summary>
    private sealed class Likeness(PersonScorer scorer) : ICropWork<float>
    {
        private readonly SortedDictionary<int, TrackTally> tallies = [];

        public IReadOnlyList<TrackTally> Tracks => [.. tallies.Values.Where(tally => tally.Frames > 0)];

        public void Begin(IReadOnlyList<FaceTrack> tracks)
        {
            var shown = tracks.OrderByDescending(track => track.Frames.Count).ThenBy(track => track.Number)
                .Take(scorer.options.ExplainedTracks).Select(track => track.Number).ToHashSet();
            foreach (var track in tracks) tallies.Add(track.Number, new TrackTally(track, shown.Contains(track.Number)));
        }

        public float Map(FaceCrop crop) =>
            (float)scorer.spread.Score(scorer.known.Alike(scorer.recogniser.Embed([new Shot(crop.Image, crop.Landmarks)])[0]));

        public bool Take(FaceCrop crop, float result)
        {
            var tally = tallies[crop.Track.Number];
            tally.Score(crop, result);
            return tally.KeepsFrames;
        }
    }
}
