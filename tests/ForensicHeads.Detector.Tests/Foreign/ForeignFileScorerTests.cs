using ForensicHeads.Detector.Tests.Scoring;

namespace ForensicHeads.Detector.Tests.Foreign;

public sealed class ForeignFileScorerTests : IDisposable
{
    private const string Each = "echo key,score > $2; n=0; tail -n +2 $1 | tr -d '\"' | "
        + "while IFS=, read k p; do n=$((n+1)); echo $k,$n >> $2; done";

    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_frames_that_its_file_asks_for_are_scored_and_their_score_has_no_verdict()
    {
        var score = Score(Describe(Each, "\"video_score\": \"max\", \"frames\": { \"every_seconds\": 0.2, \"at_most\": 5 },"));
        Assert.Equal(("ok", null, null), (score.Status, score.Verdict, score.Llr));
        Assert.Contains("has no calibrator here", score.VerdictReason, StringComparison.Ordinal);
        var track = Assert.Single(score.Tracks);
        // Of eight frames at five a second five, and the highest of 1 to 5.
        Assert.Equal(5, track.Frames);
        Assert.Equal([1f, 2f, 3f, 4f, 5f], track.Series.Score);
        Assert.Equal((5.0, 5.0), (track.Score, score.Score!.Value));
        Assert.Contains("trained on: not stated", score.Scope, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_frames_are_explained_by_covering_them_patch_by_patch()
    {
        // The longer its PNG, the higher: covering a patch of noise shortens it.
        var score = Score(Describe("echo key,score > $2; tail -n +2 $1 | tr -d '\"' | "
            + "while IFS=, read k p; do echo $k,$(wc -c < $p) >> $2; done"), new ScoreOptions { ExplainedTracks = 1 });
        var map = score.KeyFrames.Single(frame => frame.Explanation is not null).Explanation!;
        Assert.Equal(map.Score, score.Tracks[0].Series.Score.Max());
        Assert.Contains(map.Values, value => value > 0);
    }

    [Fact]
    public void A_program_that_fails_rejects_the_file_with_its_reason()
    {
        var score = Score(Describe("echo no weights >&2; exit 5"));
        Assert.Equal("rejected", score.Status);
        Assert.Equal("mine gave no score: it ended with exit code 5; it said: no weights", score.Reason);
    }

    [Fact]
    public void Frames_without_a_score_are_left_out_and_counted()
    {
        var some = Score(Describe("echo key,score > $2; echo 000000,2 >> $2"));
        Assert.Equal(2, some.Score);
        Assert.Contains("left out: the detector gave no score for 7 of 8 frames", some.Warnings);
        var none = Score(Describe("echo key,score > $2"));
        Assert.Equal((null, "mine gave no score for its 8 frames"), (none.Score, none.VerdictReason));
    }

    [Fact]
    public void Finished_scores_are_found_by_the_name_of_the_file()
    {
        folder.Write("s.csv", "file,score\nclip.mp4,1.5\n");
        var file = folder.Write("s.detector.json", """{ "name": "s", "kind": "scores", "licence": "none", "file": "s.csv" }""");
        Assert.Equal(1.5, Score(file).Score);
    }

    private string Describe(string script, string more = "") => folder.Write("mine.detector.json", $$"""
        {
          "name": "mine", "kind": "command", "licence": "for tests", {{more}} "ignore": ["*"],
          "command": ["sh", "-c", "{{script.Replace("\"", "\\\"", StringComparison.Ordinal)}}", "sh", "{list}", "{out}"]
        }
        """);

    private FileScore Score(string description, ScoreOptions? options = null)
    {
        using var detector = ForeignDetectors.Open(DetectorFile.Read(description));
        using var cropper = new GivenFaces(GivenFaces.Left).Cropper();
        return new ForeignFileScorer(detector, cropper, options).Score(Clip(), cancellation: Cancellation);
    }

    // Forty frames of noise at 25 a second; the face is where it is said to be.
    private string Clip()
    {
        var (path, random) = (folder["clip.mp4"], new Random(1));
        using var encoder = new VideoEncoder(path, 240, 120, new VideoEncoderOptions { Crf = 10, Preset = "ultrafast" });
        for (var i = 0; i < 40; i++)
        {
            var picture = new RgbImage(240, 120);
            random.NextBytes(picture.Pixels);
            encoder.Write(picture);
        }

        encoder.Complete();
        return path;
    }
}
