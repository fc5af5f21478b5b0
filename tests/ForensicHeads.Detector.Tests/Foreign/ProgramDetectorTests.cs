using System.Text.Json.Nodes;

namespace ForensicHeads.Detector.Tests.Foreign;

public sealed class ProgramDetectorTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_crop_gets_the_score_of_its_row_whatever_their_order()
    {
        // Scores a picture by the number in its name.
        using var detector = Open("(echo key,score; tail -n +2 $l | cut -d, -f1 | sort -r | sed 's/.*/&,&/') > $o");
        var scores = detector.Score([[Sample("a"), Sample("b")], [], [Sample("c")]], Cancellation);
        Assert.Equal([[0.0, 1.0], [], [2.0]], scores);
    }

    [Fact]
    public void It_reads_the_very_pixels_and_no_name_that_tells_anything()
    {
        using var detector = Open("cp $l list; cp $(sed -n 's/.*,\"\\(.*\\)\"/\\1/p' $l | head -1) first.png; "
            + "(echo key,score; echo 000000,1) > $o", ["list", "first.png"]);
        var sample = Sample("somebody-real-0001");
        detector.Score([[sample]], Cancellation);
        Assert.Equal(sample.Picture.Pixels, ImageCodec.Decode(File.ReadAllBytes(folder["first.png"])).Pixels);
        Assert.DoesNotContain("real", File.ReadAllText(folder["list"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_scored_once_each()
    {
        using var detector = Open("cp $l list; (echo key,score; echo 000000,0.5; echo 000001,-2) > $o", ["list"], "files");
        ForeignSample Of(string file) => Sample("x") with { Path = folder[file] };
        Assert.Equal([[0.5, 0.5], [-2.0], [0.5]], detector.Score([[Of("a"), Of("a")], [Of("b, c")], [Of("a")]], Cancellation));
        Assert.Contains($"000001,\"{folder["b, c"]}\"", File.ReadAllText(folder["list"]), StringComparison.Ordinal);
        var error = Assert.Throws<UserErrorException>(() => detector.Score([[Sample("x")]], Cancellation));
        Assert.Contains("these frames come from a store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_number_and_what_has_no_row_has_no_score()
    {
        using var detector = Open("(echo key,score; echo 000000,NaN; echo 000001,inf; echo 000002,; echo 000004,7) > $o");
        Assert.Equal([null, null, null, null, 7.0],
            detector.Score([[.. Enumerable.Range(0, 5).Select(i => Sample($"{i}"))]], Cancellation)[0]);
    }

    [Theory]
    [InlineData("exit 1", "it ended with exit code 1; it said nothing")]
    [InlineData("true", "its scores cannot be read: ")]
    [InlineData("echo key,score > $o; echo 000000,x >> $o", "score is 'x'; allowed is a number")]
    [InlineData("echo key,score > $o; echo 000000,1 >> $o; echo 000000,2 >> $o", "is there already")]
    [InlineData("echo key,score > $o; echo 000009,1 >> $o", "it scored '000009', which was not in its list")]
    [InlineData("echo file,score > $o; echo 000000,1 >> $o", "the first line of out.csv must be key,score")]
    [InlineData("ln -s $l $o", "out.csv is a link")]
    [InlineData("mkfifo $o", "is a pipe")]
    [InlineData("sleep 600", "it took more than 1 s")]
    [InlineData("echo key,score > $o; echo x > new.txt", "new.txt in its folder changed while it ran")]
    public void A_job_that_gives_nothing_usable_fails_with_the_reason(string script, string reason)
    {
        using var detector = Open(script);
        var error = Assert.Throws<JobFailedException>(() => detector.Score([[Sample("a")]], Cancellation));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private IForeignDetector Open(string script, string[]? ignore = null, string wants = "crops")
    {
        File.WriteAllText(folder["x.detector.json"], new JsonObject
        {
            ["name"] = "x",
            ["kind"] = "command",
            ["licence"] = "for tests",
            ["command"] = new JsonArray("sh", "-c", $"l=$1; o=$2; {script}", "sh", "{list}", "{out}"),
            ["wants"] = wants,
            // A busy machine is slow to start a program.
            ["timeout_seconds"] = script.Contains("sleep", StringComparison.Ordinal) ? 1 : 60,
            ["ignore"] = new JsonArray([.. (ignore ?? []).Select(name => (JsonNode)name)]),
        }.ToJsonString());
        return ForeignDetectors.Open(DetectorFile.Read(folder["x.detector.json"]));
    }

    private static ForeignSample Sample(string key)
    {
        var image = new RgbImage(16, 16);
        new Random(key.Length).NextBytes(image.Pixels);
        return new ForeignSample(key, image, new Landmarks68(new float[136]));
    }
}
