namespace ForensicHeads.Detector;

/// <summary>From the tracks of a file to the file.</summary>
/// <remarks>
/// The file's score is the mean over its tracks, weighted by their frames, that is, over all frames: the very quantity that the calibrator was fitted on. The largest
/// |evidence| among the tracks would grow with their number, and a clip with twenty cuts has twenty. What a mean could hide, one made face beside a true one, is
/// kept by a second rule: where one track is consistent with generated and another with real, the file is inconclusive, and says so.
/// </remarks>
internal static class FileVerdict
{
    /// <summary>One track's judgement.</summary>
    public static Judgement OfTrack(double score, double spread, int frames, VideoCalibrator? calibrator)
    {
        if (calibrator is not null) return calibrator.Judge(new VideoScore("", "", false, null, null, score, spread, frames));
        return frames < 2
            ? new Judgement(score, spread, null, null, "a single frame gets a score but no verdict")
            : new Judgement(score, spread, null, Verdict.Inconclusive, "the detector was trained without a calibrator, so its scores have no scale");
    }

    /// <summary>The file's judgement; <paramref name="tracks"/> holds at least one.</summary>
    public static Judgement OfFile(IReadOnlyList<TrackScore> tracks, VideoCalibrator? calibrator)
    {
        var total = tracks.Sum(track => track.Frames);
        var score = tracks.Sum(track => track.Frames * track.Score) / total;
        var spread = Math.Sqrt(tracks.Sum(track => track.Frames * ((track.Spread * track.Spread) + ((track.Score - score) * (track.Score - score)))) / total);
        // Two faces on one photo are still one frame.
        var different = tracks.SelectMany(track => track.Series.Frame).Distinct().Take(2).Count();
        var whole = OfTrack(score, spread, different, calibrator);
        var made = tracks.FirstOrDefault(track => track.Verdict == Verdict.Generated);
        var real = tracks.FirstOrDefault(track => track.Verdict == Verdict.Real);
        return made is null || real is null
            ? whole
            : whole with { Verdict = Verdict.Inconclusive, Reason = FormattableString.Invariant($"the faces differ: track {made.Track} is {Verdict.Generated}, track {real.Track} is {Verdict.Real}; read each track") };
    }
}
