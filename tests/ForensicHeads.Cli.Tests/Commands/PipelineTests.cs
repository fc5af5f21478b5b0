using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>From rendered people to generated frames, by the commands alone.</summary>
public sealed class PipelineTests(PipelineFixture made) : IClassFixture<PipelineFixture>
{
    private TestCli Cli => made.Cli;

    [Fact]
    public void Training_writes_weights_their_half_and_what_made_them()
    {
        var json = made.Trained.Json;
        Assert.Equal(3, json.GetProperty("steps").GetInt32());
        Assert.Equal(Hashes.OfFile(Cli["run/weights.safetensors"]), json.GetProperty("weights_sha256").GetString());
        Assert.True(new FileInfo(Cli["run/weights-half.safetensors"]).Length < 0.6 * new FileInfo(Cli["run/weights.safetensors"]).Length);
        Assert.Contains("Apache-2.0", json.GetProperty("metadata").GetProperty("licence").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Cli.Folder, json.GetProperty("metadata").GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.Equal(["step-0000003.png"], Directory.EnumerateFiles(Cli["run/samples"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_plain_network_is_learnt_in_one_go_measured_and_never_overwritten()
    {
        string[] command =
            ["train", "--network", "landmarks", "--data", Cli["people"], "--held-out", Cli["people"], "--steps", "2", "--batch", "2",
            "--out", Cli["landmarks"], "--half"];
        var json = (await Cli.Succeed([.. command, "--json"])).Json;
        Assert.Equal(Hashes.OfFile(Cli["landmarks/landmarks-64.safetensors"]), json.GetProperty("weights_sha256").GetString());
        Assert.Equal(16, json.GetProperty("held_out").GetProperty("frames").GetDouble());
        Assert.Contains("\"landmarks\":", File.ReadAllText(Cli["landmarks/stats.jsonl"]), StringComparison.Ordinal);
        Assert.True(File.Exists(Cli["landmarks/held-out.json"]));
        Assert.Contains("is there already", (await Cli.Run(command)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_set_of_fakes_of_selected_people_is_made_by_two_commands()
    {
        await Cli.Succeed("datasets", "select", Cli["people"], "--people", "p70001", "--may-generate", "--out", Cli["one"]);
        string[] command =
            ["datasets", "fakes", Cli["one"], "--methods", "few-shot", "self-blend", "--weights", Cli["run"], "--modes", "ff", "--shots",
            "1", "2", "--blends", "3"];
        var json = (await Cli.Succeed([.. command, "--driver-frames", "2", "--out", Cli["one-fakes"], "--json"])).Json;
        Assert.Equal((7, 1, 0),
            (json.GetProperty("frames").GetInt32(), json.GetProperty("identities").GetInt32(),
            json.GetProperty("left_out").GetArrayLength()));
        Assert.Equal(["few-shot ff 1: 2", "few-shot ff 2: 2", "self-blend  : 3"], json.GetProperty("kinds").EnumerateArray().Select(kind =>
            $"{kind.GetProperty("generator")} {kind.GetProperty("mode")} {kind.GetProperty("shots")}: {kind.GetProperty("frames")}"));
        // Too many driver frames for anybody; 32 shots for nobody, which is said and is no failure.
        Assert.Contains("--driver-frames asks for fewer",
            (await Cli.Run("datasets", "fakes", Cli["one"], "--methods", "affine-warp", "--shots", "1", "--driver-frames", "50", "--out",
            Cli["none"])).Error, StringComparison.Ordinal);
        var some = await Cli
            .Run("datasets", "fakes", Cli["one"], "--methods", "affine-warp", "--shots", "1", "32", "--driver-frames", "2", "--out",
            Cli["warped"]);
        Assert.Equal(3, some.Code);
        Assert.Contains("32 are needed for the next shot count", some.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'vgg'", "vgg")]
    [InlineData("has no checkpoints", "landmarks", "--resume")]
    [InlineData("--dry-run does not go with --network", "landmarks", "--dry-run")]
    [InlineData("--preset is missing", "autoencoder")]
    [InlineData("--compact does not go with --network", "landmarks", "--compact")]
    public async Task What_does_not_go_with_a_plain_network_is_wrong_usage(string says, string network, params string[] more)
    {
        var result = await Cli.Run(["train", "--network", network, "--data", Cli["people"], "--out", Cli["wrong"], .. more]);
        Assert.Equal(2, result.Code);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_counts_a_row_of_W_and_its_optimiser_for_every_video_of_the_data()
    {
        string[] command = ["train", "--dry-run", "--preset", "heads-64", "--measure-steps", "0", "--json"];
        var alone = (await Cli.Succeed(command)).Json.GetProperty("parameter_bytes").GetInt64();
        var withData = (await Cli.Succeed([.. command, "--data", Cli["people"]])).Json;

        // Four videos of 192 values and as many second moments, a step count and a mark, of 4 bytes each.
        Assert.Equal(4, withData.GetProperty("videos").GetInt32());
        Assert.Equal(4 * ((2 * 192) + 2) * 4, withData.GetProperty("parameter_bytes").GetInt64() - alone);
    }

    [Theory]
    [InlineData("iccv", "laplacian", null, 40, true)]
    [InlineData("v1", "random-vgg", null, 40, true)]
    [InlineData("iccv", "laplacian", "3", 3, false)]
    [InlineData("iccv", null, null, 1, false)]
    [InlineData("small", "random-vgg", null, 40, false)]
    [InlineData("small", "vgg", null, 1, true)]
    public async Task A_training_is_not_given_the_content_weight_of_another_loss(
        string version, string? content, string? weight, double expected, bool warns)
    {
        var training = await Cli.Succeed(
            ["train", "--dry-run", "--preset", "heads-64", "--measure-steps", "0", .. Losses(version, content, weight), "--json"]);
        Assert.Equal(expected, training.Json.GetProperty("options").GetProperty("content_weight").GetDouble());
        var says = content == "vgg" ? "the content weight 40 belongs to the loss laplacian"
            : "the content weight 1 belongs to the loss vgg";
        Assert.Equal(warns, training.Error.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("iccv", "laplacian", null, 40, true)]
    [InlineData("v1", "random-vgg", null, 40, true)]
    [InlineData("iccv", "laplacian", "3", 3, false)]
    [InlineData("small", "random-vgg", null, 40, false)]
    public async Task An_adaptation_is_not_given_the_content_weight_of_VGG_features(
        string version, string content, string? weight, double expected, bool warns)
    {
        string[] shots = ["--shots-from", $"{Cli["people"]}:p70000-v0", "--shots", "1"];
        string[] command = ["adapt", "--weights", Cli["run"], .. shots, "--epochs", "1", "--updates", "1"];
        var head = await Cli.Succeed([.. command, .. Losses(version, content, weight), "--out", Cli["weighed.safetensors"], "--json"]);
        var adaptation = head.Json.GetProperty("info").GetProperty("adaptation");
        Assert.Equal(expected, adaptation.GetProperty("content_weight").GetDouble());
        // One update is the default, which is left out.
        Assert.Equal(version == "small" ? (int?)null : 2,
            adaptation.TryGetProperty("discriminator_updates", out var updates) ? updates.GetInt32() : null);
        Assert.Equal(warns, head.Error.Contains("the content weight 1 belongs to the loss vgg", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("train --dry-run --preset heads-64 --content vgg")]
    [InlineData("train --data nowhere --preset heads-64 --content vgg --out refused")]
    [InlineData("adapt --weights nowhere --shots-from nowhere:v --shots 1 --content vgg --out refused")]
    public async Task VGG_weights_are_looked_for_in_the_folder_of_models_before_anything_else(string command)
    {
        var result = await Cli.RunAtHome([.. command.Split(' '), "--models", Cli["models"]]);
        Assert.Equal(1, result.Code);
        Assert.Contains($"vgg19.safetensors in the model folder ({Cli["models"]})", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ff", "ft", true)]
    [InlineData("ff", "ff", false)]
    [InlineData("ft", "ft", false)]
    public async Task Weights_meant_for_feed_forward_heads_are_fine_tuned_with_a_warning(string meant, string mode, bool warns)
    {
        using (var weights = GeneratorWeights.Load(Cli["run"])) weights.Save(Cli["meant.safetensors"],
            new Dictionary<string, string>(weights.Metadata)
            {
                ["options"] =
                CanonicalJson.ToLine(new TrainOptions().Meant(Enum.Parse<TrainedFor>(meant, ignoreCase: true)))
            });
        var result = await Cli
            .Succeed("adapt", "--weights", Cli["meant.safetensors"], "--shots-from", $"{Cli["people"]}:p70000-v0", "--shots", "1", "--mode",
            mode, "--updates", "1", "--out", Cli["meant-head.safetensors"]);
        Assert.Equal(warns, result.Error.Contains("meta-trained for feed-forward heads", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_place_of_its_own_a_training_gets_the_next_number_and_decoding_as_it_goes_learns_the_same()
    {
        string[] command =
            ["train", "--data", Cli["people"], "--preset", "heads-64", "--steps", "3", "--batch", "2", "--shots", "1", "--half",
            "--held-out", Cli["people"], "--runs", Cli["numbered"], "--cache", "0", "--json"];
        Directory.CreateDirectory(Cli["numbered/00007-old"]);
        var result = await Cli.Succeed([.. command, "--run-name", "again"]);
        Assert.Equal(Cli["numbered/00008-heads-64-again"], result.Json.GetProperty("run").GetString());
        Assert.Contains("--cache", result.Error, StringComparison.Ordinal);
        Assert.Equal(Hashes.OfFile(Cli["run/weights.safetensors"]),
            Hashes.OfFile(Cli["numbered/00008-heads-64-again/weights.safetensors"]));
    }

    [Fact]
    public void The_run_notes_what_it_was_begun_with()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Cli["run/run.json"]));
        var run = document.RootElement;
        Assert.Equal(3, run.GetProperty("options").GetProperty("steps").GetInt32());
        Assert.Equal(64, run.GetProperty("preset").GetProperty("size").GetInt32());
        Assert.Equal("people", run.GetProperty("inputs").GetProperty("data").GetString());
        Assert.Equal("people", run.GetProperty("inputs").GetProperty("held_out").GetString());
        var environment = run.GetProperty("environment");
        Assert.Equal("cpu", environment.GetProperty("device").GetString());
        Assert.True(environment.GetProperty("threads").GetInt32() >= 1);
        Assert.Matches("^[0-9a-f]{16}$", environment.GetProperty("code").GetString());
        Assert.DoesNotContain(Cli.Folder, run.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--resume", "--resume needs --out")]
    [InlineData("--out x --runs y", "--out names the folder itself")]
    [InlineData("--run-name a/b", "'heads-64-a/b' cannot name a run")]
    public async Task A_place_that_cannot_be_is_wrong_usage(string place, string says)
    {
        var result =
            await Cli.Run(["train", "--data", Cli["people"], "--preset", "heads-64", "--steps", "3", "--shots", "1", .. place.Split(' ')]);
        Assert.Equal(2, result.Code);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_training_does_not_run_over_the_first()
    {
        var result = await Cli.Run("train", "--data", Cli["people"], "--preset", "heads-64", "--steps", "3", "--out", Cli["run"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("--resume", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_stopped_by_ctrl_c_resumes_to_the_same_bytes()
    {
        Cli.OnMessage = (line, source) =>
        {
            if (line.StartsWith("meta-learning: 1/", StringComparison.Ordinal)) source.Cancel();
        };
        string[] command =
            ["train", "--data", Cli["people"], "--preset", "heads-64", "--steps", "3", "--batch", "2", "--shots", "1", "--out",
            Cli["stopped"], "--half", "--held-out", Cli["people"]];
        var stopped = await Cli.Run(command);
        Cli.OnMessage = null;
        Assert.Equal(130, stopped.Code);
        Assert.False(File.Exists(Cli["stopped/weights.safetensors"]));
        Assert.Contains("was begun with seed 1, not 2", (await Cli.Run([.. command, "--seed", "2", "--resume"])).Error,
            StringComparison.Ordinal);
        await Cli.Succeed("train", "--data", Cli["people"], "--out", Cli["stopped"], "--resume");
        Assert.Equal(Hashes.OfFile(Cli["run/weights.safetensors"]), Hashes.OfFile(Cli["stopped/weights.safetensors"]));
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("ft")]
    public async Task A_head_generates_a_store_with_provenance_in_its_index(string mode)
    {
        var keys = (await Adapt(mode)).Json.GetProperty("info").GetProperty("shot_keys");
        var shots = keys.EnumerateArray().Select(key => key.GetString()).ToArray();
        var result = await Cli.Succeed("generate", "--head", Cli[$"{mode}.safetensors"], "--drive", $"{Cli["people"]}:p70000-v1", "--out",
            Cli[$"fakes-{mode}"], "--json");
        var people = FrameStore.Open(Cli["people"]);
        ulong Hash(Func<FrameRecord, bool> which) => PerceptualHash.Of(people.ReadImage(people.Frames.Single(which)));
        var store = FrameStore.Open(Cli[$"fakes-{mode}"]);
        Assert.Equal(store.ContentHash, result.Json.GetProperty("content_sha256").GetString());
        Assert.Equal(4, store.Frames.Count);
        Assert.Equal("people", Path.GetFileName(Cli["people"]));
        Assert.All(store.Frames, frame =>
        {
            Assert.Equal((false, "few-shot", mode, 2, 0),
                (frame.IsReal, frame.Origin.Generator, frame.Origin.Mode?.Text(), frame.Origin.Shots, frame.Origin.Draw));
            Assert.Equal(Hashes.OfFile(Cli["run/weights.safetensors"]), frame.WeightsSha256);
            Assert.Equal("p70000-v1", frame.DriverVideo);
            Assert.Equal(frame.FrameNumber, frame.DriverFrame);
            var driver = Hash(one => one.Video == "p70000-v1" && one.FrameNumber == frame.DriverFrame);
            Assert.Equal(shots.Min(key => PerceptualHash.Distance(driver, Hash(one => one.Key == key))), frame.NearestShotDistance);
        });
        Assert.Equal("p70000", Assert.Single(ConsentFile.Read(store)).Identity);
    }

    [Fact]
    public async Task A_head_generates_pictures_and_a_video_with_sidecars_that_hold_their_hashes()
    {
        await Adapt("ff");
        var drive = $"{Cli["people"]}:p70001-v0";
        await Cli.Succeed("generate", "--head", Cli["ff.safetensors"], "--drive", drive, "--out", Cli["pictures"], "--format", "png",
            "--max-frames", "2");
        await Cli.Succeed("generate", "--head", Cli["ff.safetensors"], "--drive", drive, "--out", Cli["clip.mp4"]);
        Assert.Equal(["000000.png", "000001.png", "provenance.json"],
            Directory.EnumerateFiles(Cli["pictures"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Check(Cli["pictures/provenance.json"], Cli["pictures"], 2);
        Check(Cli["clip.mp4.json"], Cli.Folder, 1);

        void Check(string sidecar, string folder, int count)
        {
            using var document = JsonDocument.Parse(File.ReadAllText(sidecar));
            var root = document.RootElement;
            Assert.Equal(Hashes.OfFile(Cli["ff.safetensors"]), root.GetProperty("head_sha256").GetString());
            Assert.Equal("p70001", root.GetProperty("driver_identity").GetString());
            var files = root.GetProperty("files").EnumerateArray().ToArray();
            Assert.Equal(count, files.Length);
            Assert.All(files,
                file => Assert.Equal(
                    Hashes.OfFile(Path.Combine(folder, file.GetProperty("file").GetString()!)), file.GetProperty("sha256").GetString()));
        }
    }

    [Fact]
    public async Task More_shots_than_frames_are_refused_with_the_number_there_is()
    {
        var result = await Cli.Run("adapt", "--weights", Cli["run"], "--shots-from", $"{Cli["people"]}:p70000-v0", "--shots", "5", "--out",
            Cli["none.safetensors"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("has 4 frames", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(Cli["none.safetensors"]));
    }

    [Theory]
    [InlineData("2001-01-01", "any", "ended on 2001-01-01")]
    [InlineData("2999-01-01", "satire", "does not cover 'self-reenactment'")]
    public async Task A_consent_record_that_does_not_hold_refuses(string expires, string scope, string says)
    {
        var store = Consented("people", $"people-{expires}", scope);
        ConsentFile
            .Put(FrameStore.Open(store), Assert.Single(ConsentFile.Read(FrameStore.Open(store)), record => record.Identity == "p70000")
            with
            { Expires = DateOnly.Parse(expires, CultureInfo.InvariantCulture) });
        var result = await Cli.Run(
            "adapt", "--weights", Cli["run"], "--shots-from", $"{store}:p70000-v0", "--shots", "1", "--out", Cli["no.safetensors"]);
        Assert.Equal(1, result.Code);
        Assert.Contains(says, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_record_that_ended_after_the_head_was_made_refuses_an_export()
    {
        var store = Consented("people", "ended", "self-reenactment");
        var head = await LimitedHead(store);
        ConsentFile.Put(FrameStore.Open(store), ConsentFile.Read(FrameStore.Open(store)).Single(record => record.Identity == "p70000")
            with
        { Expires = new DateOnly(2001, 1, 1) });
        var result = await Cli.Run("generate", "--head", head, "--drive", $"{store}:p70000-v1", "--out", Cli["ended.mp4"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("ended on 2001-01-01", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(Cli["ended.mp4"]) || File.Exists(Cli["ended.mp4.json"]));
    }

    [Fact]
    public async Task A_consent_file_cannot_overrule_the_stores_record()
    {
        var store = Consented("people", "barred", "satire");
        await File.WriteAllTextAsync(Cli["mine.json"], """[{"identity":"p70000","basis":"consent","scope":["any"],"contact":"somebody"}]""", TestContext.Current.CancellationToken);
        var result = await Cli
            .Run("adapt", "--weights", Cli["run"], "--shots-from", $"{store}:p70000-v0", "--shots", "1", "--consent", Cli["mine.json"],
            "--out", Cli["no.safetensors"]);
        Assert.Equal(2, result.Code);
        Assert.Contains("belongs in the store's consent.json", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(Cli["no.safetensors"]));
    }

    [Theory]
    [InlineData("p70001-v0", "research", "does not cover 'cross-reenactment'")]
    [InlineData("p70000-v1", "satire", "does not cover 'satire'")]
    [InlineData("p70000-v1", "research", null)]
    public async Task A_purpose_of_the_users_is_asked_for_besides_what_is_really_done(string video, string purpose, string? refusal)
    {
        var head = await LimitedHead(Consented("people", "limited", "self-reenactment", "research"));
        var result = await Cli.Run("generate", "--head", head, "--drive", $"{Cli["limited"]}:{video}", "--purpose", purpose, "--out",
            Cli[$"driven-{video}-{purpose}"]);
        Assert.Equal(refusal is null ? 0 : 1, result.Code);
        Assert.Contains(refusal ?? "", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namesake_of_another_store_is_somebody_else_unless_the_consent_record_is_the_same()
    {
        var head = await LimitedHead(Consented("people", "limited-shots", "self-reenactment"));
        await Cli.Succeed("procedural", "--identities", "1", "--frames", "2", "--size", "64", "--seed", "2", "--out", Cli["others"]);
        string[] command = ["generate", "--head", head, "--drive", $"{Cli["others"]}:p70000-v0", "--out"];
        var refused = await Cli.Run([.. command, Cli["by-namesake"]]);
        Assert.Equal(1, refused.Code);
        Assert.Contains("does not cover 'cross-reenactment'", refused.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("counts as somebody else", refused.ErrorLines[0], StringComparison.Ordinal);
        Consented("others", "same-record", "self-reenactment");
        command[4] = $"{Cli["same-record"]}:p70000-v0";
        await Cli.Succeed([.. command, Cli["by-the-same"]]);
    }

    [Fact]
    public async Task A_video_that_is_not_there_is_refused_with_those_that_are()
    {
        var result = await Cli.Run("adapt", "--weights", Cli["run"], "--shots-from", $"{Cli["people"]}:nobody", "--shots", "1", "--out",
            Cli["no.safetensors"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("p70000-v0", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static string[] Losses(string version, string? content, string? weight) =>
    [
        "--loss-version", version,
        .. content is null ? Array.Empty<string>() : ["--content", content],
        .. weight is null ? Array.Empty<string>() : ["--content-weight", weight],
    ];

    private async Task<string> LimitedHead(string store)
    {
        await Cli.Succeed("adapt", "--weights", Cli["run"], "--shots-from", $"{store}:p70000-v0", "--shots", "1", "--mode", "ff", "--out",
            $"{store}.safetensors");
        return $"{store}.safetensors";
    }

    /// <summary>A copy of a store in which p70000 consents to the given purposes only.</summary>
    private string Consented(string store, string copy, params string[] scope)
    {
        foreach (var file in Directory.EnumerateFiles(Cli[store], "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Cli[copy], Path.GetRelativePath(Cli[store], file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }

        ConsentFile.Put(FrameStore.Open(Cli[copy]),
            new ConsentRecord { Identity = "p70000", Basis = ConsentBasis.Consent, Scope = scope, Contact = "somebody" });
        return Cli[copy];
    }

    private Task<CliResult> Adapt(string mode) => Cli.Succeed(
        "adapt", "--weights", Cli["run"], "--shots-from", $"{Cli["people"]}:p70000-v0", "--shots", "2", "--mode", mode, "--updates", "2",
            "--out", Cli[$"{mode}.safetensors"], "--json");
}
