using System.Text.Json;
using ForensicHeads.Testing;

namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>Enrolling a person and asking clips whether they show them, on people whose licence allows it.</summary>
public sealed class PersonTests : IAsyncLifetime
{
    private readonly TestCli cli = new();

    public async ValueTask InitializeAsync() => await File.WriteAllTextAsync(cli["consent.json"],
        """[{"identity":"anna","basis":"licence","scope":["protection"],"contact":"anna@example.org"}]""");

    public ValueTask DisposeAsync()
    {
        cli.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("mobileface-v2")]
    [InlineData("dlib-resnet")]
    public async Task A_clip_of_the_person_is_told_from_one_of_somebody_else(string network)
    {
        var made = await Enroll([Clip("grid_bbaf2n.mpg")], "--network", network, "--frames", "4", "--json");
        Assert.Equal(4, made.Json.GetProperty("references").GetArrayLength());
        Assert.Equal(RecogniserDesign.ByName(network).Sha256, made.Json.GetProperty("network_sha256").GetString());
        var result = await cli.Succeed("detect", "score", Clip("grid_s1_extra/bbwm4n.mpg"), Clip("grid_brbk7n.mpg"), "--person",
            cli["anna.person"], "--models", SharedData.Models, "--report", cli["report"], "--json");
        Assert.Equal(JsonValueKind.Null, result.Json.GetProperty("detector").ValueKind);
        var person = result.Json.GetProperty("person");
        Assert.Equal("anna", person.GetProperty("identity").GetString());
        var files = result.Json.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["consistent with anna", "not consistent with anna"], files.Select(file => file.GetProperty("verdict").GetString()));
        var (lower, upper) = (person.GetProperty("llr_lower").GetDouble(), person.GetProperty("llr_upper").GetDouble());
        Assert.InRange(files[0].GetProperty("llr").GetDouble(), lower, -0.5);
        Assert.InRange(files[1].GetProperty("llr").GetDouble(), 0.5, upper);
        Assert.Contains("is not consistent with anna (log10 LR +", result.Error, StringComparison.Ordinal);
        Assert.Contains("as far as 4 references can tell", result.Error, StringComparison.Ordinal);
        Assert.Contains("few references: 4 of anna", result.Error, StringComparison.Ordinal);
        Assert.Contains("before you read a verdict: This asks whom a clip shows, not how it was made.", result.Error,
            StringComparison.Ordinal);
        Assert.Contains("    anna ▁ ", result.Error, StringComparison.Ordinal);

        var page = await File.ReadAllTextAsync(cli["report/report.html"], TestContext.Current.CancellationToken);
        foreach (var words in new[] { "consistent with anna", "towards not anna ↑", "a look-alike or an impostor, too", "<h2>Person</h2>" })
            Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("generated ↑", page, StringComparison.Ordinal);
        Assert.Equal(0, (await cli.Run("verify", cli["report"])).Code);
        var log = JsonDocument.Parse(File.ReadLines(cli["report/log.jsonl"]).First()).RootElement.GetProperty("facts");
        Assert.Equal(["rfb-320", "openseeface-0", network, "person file"],
            log.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.StartsWith("log10 likelihood ratio of each video, somebody else against anna",
            log.GetProperty("primary_endpoint").GetString(), StringComparison.Ordinal);

        var table = await cli.Succeed("detect", "score", Clip("grid_brbk7n.mpg"), "--person", cli["anna.person"], "--models",
            SharedData.Models, "--format", "csv");
        Assert.Equal("file,sha256,status,reason,verdict,verdict_reason,label,person,network,tracks,frames,score,spread,llr,probability,"
            + "references,llr_lower,llr_upper", table.Output.Split('\n')[0].TrimEnd('\r'));
        Assert.Contains($",not consistent with anna,,,anna,{network},1,", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrolling_asks_for_consent_to_protect_before_it_looks_at_a_face()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(cli["photo.png"], "no picture, which nobody must find out", cancellation);
        await File.WriteAllTextAsync(cli["other.json"],
            """[{"identity":"anna","basis":"consent","scope":["self-reenactment"],"contact":"anna@example.org"}]""", cancellation);
        await Refused(2, "PHOTO needs --consent FILE", "detect", "enroll", cli["photo.png"], "--out", cli["anna.person"]);
        await Refused(1, "does not cover 'protection'", "detect", "enroll", cli["photo.png"], "--consent", cli["other.json"], "--out",
            cli["anna.person"]);
        await Refused(1, "'bert' has no consent record", "detect", "enroll", cli["photo.png"], "--consent", cli["consent.json"],
            "--identity", "bert", "--out", cli["anna.person"]);
        Assert.False(File.Exists(cli["anna.person"]));
    }

    [Fact]
    public async Task Consent_that_has_ended_ends_the_questions_too()
    {
        await Enroll([Photo("001_03"), Photo("001_08")]);
        var text = await File.ReadAllTextAsync(cli["anna.person"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(cli["anna.person"], text.Replace("\"expires\": null", "\"expires\": \"2020-01-31\"",
            StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Refused(1, "ended on 2020-01-31", "detect", "score", Photo("001_03"), "--person", cli["anna.person"]);
    }

    [Fact]
    public async Task Whoever_withdraws_is_found_in_person_files_and_removed()
    {
        await Enroll([Photo("001_03"), Photo("001_08")]);
        var listed = await cli.Succeed("datasets", "revoke", cli.Folder, "--identity", "anna", "--json");
        var found = Assert.Single(listed.Json.GetProperty("things").EnumerateArray());
        Assert.Equal(("person", cli["anna.person"]), (found.GetProperty("kind").GetString(), found.GetProperty("path").GetString()));
        Assert.Empty((await cli.Succeed("datasets", "revoke", cli.Folder, "--identity", "bert", "--json")).Json.GetProperty("things")
            .EnumerateArray());
        await cli.Succeed("datasets", "revoke", cli.Folder, "--identity", "anna", "--remove");
        Assert.False(File.Exists(cli["anna.person"]));
    }

    [Fact]
    public async Task References_without_a_face_of_two_people_or_too_small_are_refused()
    {
        await File.WriteAllBytesAsync(cli["grey.png"], ImageCodec.EncodePng(Grey(256)), TestContext.Current.CancellationToken);
        await RefusedReferences("grey.png was refused: no face was found.", cli["grey.png"]);
        await RefusedReferences("look like two people: their cosine distance is", Photo("001_03"), Photo("002_03"));
        await RefusedReferences("passes for one person. Leave one of them out, or say --unlike if you know better.", Photo("001_03"),
            Photo("002_03"));
        await File.WriteAllBytesAsync(cli["small.png"], ImageCodec.EncodePng(ImageResize.Area(Decoded("001_03"), 76, 76)),
            TestContext.Current.CancellationToken);
        await RefusedReferences("pixels from chin to brows, and mobileface-v2 needs", cli["small.png"]);
        await File.WriteAllBytesAsync(cli["two.png"], ImageCodec.EncodePng(Beside(Decoded("001_03"), Decoded("002_03"))),
            TestContext.Current.CancellationToken);
        await RefusedReferences("shows 2 faces at once, and whose is meant cannot be guessed.", cli["two.png"]);
        // Whoever knows better may say so.
        Assert.Contains("2 reference(s)", (await Enroll([Photo("001_03"), Photo("002_03")], "--unlike")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_picture_five_times_counts_once_and_a_small_one_is_noted()
    {
        string[] copies = ["a.jpg", "b.jpg", "c.jpg", "d.jpg"];
        foreach (var copy in copies) File.Copy(Photo("001_03"), cli[copy]);
        await File.WriteAllBytesAsync(cli["e.png"], ImageCodec.EncodePng(Decoded("001_03")), TestContext.Current.CancellationToken);
        var result = await Enroll([.. copies.Append("e.png").Select(name => cli[name])], "--json");
        Assert.Single(result.Json.GetProperty("references").EnumerateArray());
        Assert.Contains("b.jpg is the same picture as a.jpg; it counts once.", result.Error, StringComparison.Ordinal);
        Assert.Contains("e.png is the same picture as a.jpg; it counts once.", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 reference says little", result.Error, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(cli["smaller.png"], ImageCodec.EncodePng(ImageResize.Area(Decoded("001_03"), 150, 150)),
            TestContext.Current.CancellationToken);
        Assert.Contains("smaller.png shows a small face", (await Enroll([cli["smaller.png"]])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_questions_at_once_and_a_damaged_person_file_are_refused()
    {
        await Refused(2, "Ask one at a time", "detect", "score", Photo("001_03"), "--person", cli["anna.person"], "--detector", cli.Folder);
        await Refused(1, "Cannot read the person file", "detect", "score", Photo("001_03"), "--person", cli["anna.person"]);
        await File.WriteAllTextAsync(cli["anna.person"], "{}", TestContext.Current.CancellationToken);
        await Refused(1, "is not a valid enrolled person file", "detect", "score", Photo("001_03"), "--person", cli["anna.person"]);
    }

    private static string Photo(string name) => SharedData.At($"data/open/stills/london/{name}.jpg");

    private static string Clip(string name) => SharedData.At($"data/open/real/{name}");

    private static ForensicHeads.Foundation.RgbImage Decoded(string name) => ImageCodec.Decode(File.ReadAllBytes(Photo(name)));

    private static ForensicHeads.Foundation.RgbImage Grey(int side)
    {
        var image = new ForensicHeads.Foundation.RgbImage(side, side);
        image.Pixels.AsSpan().Fill(128);
        return image;
    }

    private static ForensicHeads.Foundation.RgbImage Beside(ForensicHeads.Foundation.RgbImage a, ForensicHeads.Foundation.RgbImage b)
    {
        var result = new ForensicHeads.Foundation.RgbImage(a.Width + b.Width, a.Height);
        for (var y = 0; y < a.Height; y++)
        {
            for (var x = 0; x < a.Width; x++) a[x, y].CopyTo(result[x, y]);
            for (var x = 0; x < b.Width; x++) b[x, y].CopyTo(result[a.Width + x, y]);
        }

        return result;
    }

    private Task<CliResult> Enroll(string[] files, params string[] more) => cli.Succeed(["detect", "enroll", .. files, "--identity", "anna",
        "--consent", cli["consent.json"], "--models", SharedData.Models, "--out", cli["anna.person"], .. more]);

    private Task RefusedReferences(string what, params string[] files) => Refused(1, what, ["detect", "enroll", .. files, "--consent",
        cli["consent.json"], "--models", SharedData.Models, "--out", cli["refused.person"]]);

    private async Task Refused(int code, string what, params string[] args)
    {
        var result = await cli.Run(args);
        Assert.Equal(code, result.Code);
        Assert.Contains(what, Assert.Single(result.ErrorLines, line => line.Contains(what, StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.False(File.Exists(cli["refused.person"]));
    }
}
