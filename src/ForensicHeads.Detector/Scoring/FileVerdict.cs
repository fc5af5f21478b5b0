namespace ForensicHeads.Detector.Scoring;

/// <summary>From the tracks of a file to the file.</summary>
/// <remarks>
/// The file's score is the mean over its tracks, weighted by their frames, that is, over all frames: the very quantity that the calibrator
/// was fitted on. The largest |evidence| among the tracks would grow with their number, and a clip with twenty cuts has twenty. What a mean
/// could hide is kept by a second rule: the file gets a word only if a face has that word by itself, no face has the opposite one, and
/// every face lies in the range that was calibrated and looks like what was learnt from; else it is inconclusive, and says why.
/// </remarks>
internal static class FileVerdict
{
    /// <summary>One track's judgement.</summary>
    public static Judgement OfTrack(double score, double spread, int frames, VideoCalibrator? calibrator)
    {
        if (calibrator is not null) return calibrator.Judge(new VideoScore("", "", FrameOrigin.Real, score, spread, frames));
        return frames < 2
            ? new Judgement(score, spread, null, null, "a single frame gets a score but no verdict")
            : new Judgement(score, spread, null, Verdict.Inconclusive,
            "the detector was trained without a calibrator, so its scores have no scale");
    }

    /// <summary>The file's judgement; <paramref name="tracks"/> holds at least one.</summary>
    public static Judgement OfFile(IReadOnlyList<TrackScore> tracks, VideoCalibrator? calibrator)
    {
        var total = tracks.Sum(track => track.Frames);
        var score = tracks.Sum(track => track.Frames * track.Score) / total;
        var spread =
            Math.Sqrt(tracks.Sum(track => track.Frames * ((track.Spread * track.Spread) + ((track.Score - score) * (track.Score - score))))
            / total);
        // Two faces on one photo are still one frame.
        var different = tracks.SelectMany(track => track.Series.Frame).Distinct().Take(2).Count();
        var whole = OfTrack(score, spread, different, calibrator);
        if (whole.Verdict is null && tracks.Count == 1) return whole with { Reason = tracks[0].VerdictReason };
        return Doubt(tracks, whole.Verdict, calibrator) is { } doubt ? whole with { Verdict = Verdict.Inconclusive, Reason = doubt }
            : whole;
    }

    // Why the faces do not bear the word that their mean has; null where they do, or where it has none.
    private static string? Doubt(IReadOnlyList<TrackScore> tracks, string? word, VideoCalibrator? calibrator)
    {
        if (word is not null && tracks.FirstOrDefault(track => track.Foreign is not null) is { } foreign)
            return tracks.Count == 1 ? foreign.Foreign : FormattableString.Invariant($"track {foreign.Track} is {foreign.Foreign}");
        var made = tracks.FirstOrDefault(track => track.Verdict == Verdict.Generated);
        var real = tracks.FirstOrDefault(track => track.Verdict == Verdict.Real);
        if (made is not null && real is not null) return FormattableString.Invariant(
            $"the faces differ: track {made.Track}: {Verdict.Generated}, track {real.Track}: {Verdict.Real}; read each track");
        if (word is not (Verdict.Generated or Verdict.Real)) return null;
        // A single frame has no judgement that could count against the others.
        if (tracks.FirstOrDefault(track => track.Frames > 1 && calibrator?.Covers(track.Score) == false)
            is { } outside) return FormattableString.Invariant($"track {outside.Track}: {outside.VerdictReason}; read each track");
        return (word == Verdict.Generated ? made : real) is null
            ? $"{word} by the mean of all faces, but no single face by itself; read each track"
            : null;
    }
}
