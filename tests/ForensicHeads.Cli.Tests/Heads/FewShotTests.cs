using System.Text.Json;
using ForensicHeads.Cli.Tests.Commands;

namespace ForensicHeads.Cli.Tests.Heads;

/// <summary>Heads from photos, driven by files and by somebody else.</summary>
public sealed class FewShotTests(PipelineFixture made) : IClassFixture<PipelineFixture>
{
    private const string Anything = """[{"identity":"somebody","basis":"synthetic","scope":["any"],"contact":"nobody"}]""";

    private TestCli Cli => made.Cli;

    [Fact]
    public async Task Photos_become_a_head_that_a_video_file_drives()
    {
        var (first, second) = (Photo("a.png", 2, 0), Photo("b.png", 2, 30));
        var head = await Cli.Succeed(
            [.. Adapt("--photo", first, second), "--mode", "ft", "--updates", "2", "--out", Cli["photos.safetensors"], "--json"]);
        Assert.Equal(2, head.Json.GetProperty("info").GetProperty("shot_keys").GetArrayLength());
        Assert.Equal(2, head.Json.GetProperty("info").GetProperty("shot_landmarks").GetArrayLength());
        Assert.Equal(2, head.Json.GetProperty("info").GetProperty("kept").GetProperty("steps").GetInt32());

        var sources = new[] { first, second }.Select(file => (Path.GetFileName(file), Hashes.OfFile(file)));
        Assert.Equal(sources, Sources(head.Json.GetProperty("info")));

        // Somebody else's face, away for 4 frames at the start, for 3 within and for 20 further on: all behind cuts, across which nothing
        // is filled in.
        var clip = Clip("clip.mp4", 3, [.. Enumerable.Range(0, 60).Select(i => i is < 4 or >= 15 and < 18 or >= 28 and < 48)]);
        var result = await Cli.Run("generate", "--head", Cli["photos.safetensors"], "--drive", clip, "--consent",
            Consent("other", Anything.Replace("somebody", "other", StringComparison.Ordinal)), "--models", SharedData.Models, "--out",
            Cli["driven.mp4"], "--compare", Cli["compare.png"], "--json");
        Assert.True(result.Code == 3, result.Error);
        Assert.Equal(sources, Sources(result.Json.GetProperty("provenance")));
        var driving = result.Json.GetProperty("provenance").GetProperty("driving");
        Assert.Equal(("shape", 0.08), (driving.GetProperty("fit").GetString(), driving.GetProperty("smooth_seconds").GetDouble()));
        Assert.Empty(Runs(driving.GetProperty("interpolated")));
        Assert.Equal([(0, 3), (15, 17), (28, 47)], Runs(driving.GetProperty("left_out")));
        Assert.Equal(33, result.Json.GetProperty("provenance").GetProperty("frames").GetInt32());
        Assert.True(File.Exists(Cli["compare.png"]) && File.Exists(Cli["compare.png.json"]));
        Assert.Contains("27 frames without a face were left out: 0 to 3, 15 to 17, 28 to 47", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photos_of_two_people_are_refused_with_their_distance_unless_the_user_knows_better()
    {
        string[] command =
            [.. Adapt("--photo", Photo("one.png", 2, 0), Photo("other.png", 3, 0)), "--mode", "ff", "--out", Cli["two.safetensors"]];
        var refused = await Cli.Run(command);
        Assert.Equal(1, refused.Code);
        Assert.Matches(@"look like two people: their cosine distance is [01]\.\d\d, and up to 0\.50 passes for one person",
            refused.ErrorLines[^1]);
        Assert.False(File.Exists(Cli["two.safetensors"]));
        await Cli.Succeed([.. command, "--unlike-shots"]);
    }

    [Fact]
    public async Task A_photo_drives_one_frame()
    {
        await Cli.Succeed([.. Adapt("--photo", Photo("target.png", 2, 0)), "--mode", "ff", "--out", Cli["one.safetensors"]]);
        await Cli.Succeed("generate", "--head", Cli["one.safetensors"], "--drive", Photo("still.png", 3, 5), "--consent",
            Consent("any", Anything), "--models", SharedData.Models, "--fit", "shape", "--out", Cli["still"], "--format", "png");
        Assert.Single(Directory.EnumerateFiles(Cli["still"], "*.png"));
    }

    [Theory]
    [InlineData("empty", "no face was found")]
    [InlineData("two", "shows 2 faces")]
    [InlineData("small", "the largest of ")]
    [InlineData("smallish", "need 34 or more")]
    [InlineData("missing", "There is no file")]
    [InlineData("more", "--shots is 3, but --photo gives 1 frame with a face")]
    [InlineData("none", "needs --consent FILE")]
    public async Task A_photo_that_does_not_serve_is_refused_in_one_line(string what, string says)
    {
        var photo = what switch
        {
            "empty" => Save("empty.png", new RgbImage(200, 200)),
            "two" => Save("two.png", Beside(Face(2, 0), Face(3, 0))),
            "small" => Save("small.png", ImageResize.Area(Face(2, 0), 40, 40)),
            "smallish" => Save("smallish.png", Padded(ImageResize.Area(Face(2, 0), 50, 50))),
            "missing" => Cli["nowhere.png"],
            _ => Photo("good.png", 2, 0),
        };
        string[] command = [.. Adapt("--photo", photo), "--mode", "ff", "--out", Cli[$"refused-{what}.safetensors"]];
        if (what == "more") command = [.. command, "--shots", "3"];
        if (what == "none") command = [.. command.Where((_, i) => command[i] != "--consent" && (i == 0 || command[i - 1] != "--consent"))];
        var result = await Cli.Run(command);
        Assert.Equal(what == "none" ? 2 : 1, result.Code);
        Assert.Contains(says, result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(Cli[$"refused-{what}.safetensors"]));
    }

    [Fact]
    public async Task A_driver_file_without_a_face_or_consent_is_refused()
    {
        await Head("nobody");
        var clip = Clip("empty.mp4", 3, [.. Enumerable.Repeat(true, 20)]);
        string[] command =
            ["generate", "--head", Cli["nobody.safetensors"], "--drive", clip, "--models", SharedData.Models, "--out", Cli["no.mp4"]];
        Assert.Contains("needs --consent FILE", (await Cli.Run(command)).ErrorLines[^1], StringComparison.Ordinal);
        var result = await Cli.Run([.. command, "--consent", Consent("any", Anything)]);
        Assert.Equal(1, result.Code);
        Assert.Contains("no face was found in 20 frames", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(Cli["no.mp4"]));
    }

    [Theory]
    [InlineData("auto", "p70001-v0", "shape")]
    [InlineData("auto", "p70000-v1", "none")]
    [InlineData("none", "p70001-v0", "none")]
    [InlineData("shape", "p70000-v1", "shape")]
    public async Task Landmarks_are_fitted_where_somebody_else_drives_unless_told_otherwise(string fit, string driver, string done)
    {
        await Head("fit");
        var result = await Cli
            .Succeed("generate", "--head", Cli["fit.safetensors"], "--drive", $"{Cli["people"]}:{driver}", "--fit", fit, "--out",
            Cli[$"fit-{fit}-{driver}"], "--json");
        var driving = result.Json.GetProperty("provenance").GetProperty("driving");
        Assert.Equal((done, 0.0), (driving.GetProperty("fit").GetString(), driving.GetProperty("smooth_seconds").GetDouble()));
        var (people, fakes) = (FrameStore.Open(Cli["people"]), FrameStore.Open(Cli[$"fit-{fit}-{driver}"]));
        var same = people.FramesOfVideo(driver).First().Landmarks.Values.Zip(fakes.Frames[0].Landmarks.Values)
            .All(pair => Math.Abs(pair.First - pair.Second) < 1e-3);
        Assert.Equal(done == "none", same);
    }

    [Fact]
    public async Task A_head_of_an_earlier_version_is_driven_as_it_is_and_says_so()
    {
        await Head("old");
        using (var file = HeadFile.Load(Cli["old.safetensors"])) HeadFile.Save(
            Cli["older.safetensors"], file.Head, file.Info with { ShotLandmarks = null });
        string[] command =
            ["generate", "--head", Cli["older.safetensors"], "--drive", $"{Cli["people"]}:p70001-v0", "--out", Cli["by-older"], "--json"];
        var result = await Cli.Succeed(command);
        Assert.Equal("none", result.Json.GetProperty("provenance").GetProperty("driving").GetProperty("fit").GetString());
        Assert.Contains("Make it again with 'adapt'", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await Cli.Run([.. command, "--fit", "shape"])).Code);
    }

    [Theory]
    [InlineData("--smooth", "fast", "give auto, off, or seconds")]
    [InlineData("--smooth", "2", "outside 0 … 1")]
    [InlineData("--max-gap", "9", "outside 0 … 5")]
    public async Task Wrong_driving_values_are_wrong_usage(string option, string value, string says)
    {
        await Head("usage");
        var result = await Cli
            .Run("generate", "--head", Cli["usage.safetensors"], "--drive", $"{Cli["people"]}:p70001-v0", option, value, "--out",
            Cli["usage"]);
        Assert.Equal(2, result.Code);
        Assert.Contains(says, result.ErrorLines[^1], StringComparison.Ordinal);
    }

    // By name: the shots stand in the order of their draw.
    private static IEnumerable<(string, string)> Sources(JsonElement of) =>
        of.GetProperty("shot_sources").EnumerateArray()
            .Select(source => (source.GetProperty("file").GetString()!, source.GetProperty("sha256").GetString()!)).Order();

    private static (int, int)[] Runs(JsonElement runs) =>
        [.. runs.EnumerateArray().Select(run => (run.GetProperty("from").GetInt32(), run.GetProperty("to").GetInt32()))];

    private static RgbImage Face(int person, int frame) =>
        new ProceduralVideo(ProceduralPerson.Create(1, person), 0, 1).Render(frame, 256).Image;

    private static RgbImage Beside(RgbImage left, RgbImage right)
    {
        var result = new RgbImage(left.Width + right.Width, left.Height);
        for (var y = 0; y < left.Height; y++)
        {
            left.Pixels.AsSpan(y * left.Width * 3, left.Width * 3).CopyTo(result.Pixels.AsSpan(y * result.Width * 3));
            right.Pixels.AsSpan(y * right.Width * 3, right.Width * 3).CopyTo(result.Pixels.AsSpan(((y * result.Width) + left.Width) * 3));
        }

        return result;
    }

    private static RgbImage Padded(RgbImage image)
    {
        var result = new RgbImage(240, 240);
        result.Pixels.AsSpan().Fill(128);
        for (var y = 0; y < image.Height; y++) image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3)
            .CopyTo(result.Pixels.AsSpan((((y + 80) * 240) + 80) * 3));
        return result;
    }

    private string Photo(string name, int person, int frame) => Save(name, Face(person, frame));

    private string Save(string name, RgbImage image)
    {
        File.WriteAllBytes(Cli[name], ImageCodec.EncodePng(image));
        return Cli[name];
    }

    /// <summary>A clip of a rendered person, 25 frames a second; grey where <paramref name="away"/> says so.</summary>
    private string Clip(string name, int person, bool[] away)
    {
        var video = new ProceduralVideo(ProceduralPerson.Create(1, person), 0, 1);
        var grey = new RgbImage(256, 256);
        grey.Pixels.AsSpan().Fill(128);
        using var encoder =
            new VideoEncoder(Cli[name], 256, 256, new VideoEncoderOptions { FramesPerSecond = 25 }, TestContext.Current.CancellationToken);
        for (var i = 0; i < away.Length; i++) encoder.Write(away[i] ? grey : video.Render(i, 256).Image);
        encoder.Complete();
        return Cli[name];
    }

    private string Consent(string name, string json)
    {
        File.WriteAllText(Cli[$"{name}.consent.json"], json);
        return Cli[$"{name}.consent.json"];
    }

    private Task<CliResult> Head(string name) =>
        Cli.Succeed("adapt", "--weights", Cli["run"], "--shots-from", $"{Cli["people"]}:p70000-v0", "--shots", "1", "--mode", "ff", "--out",
            Cli[$"{name}.safetensors"]);

    private string[] Adapt(params string[] shots) =>
        ["adapt", "--weights", Cli["run"], .. shots, "--consent", Consent("any", Anything), "--models", SharedData.Models];
}
