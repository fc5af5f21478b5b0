using System.Text.Json;

namespace ForensicHeads.Experiments.Tests;

public sealed class ExperimentRunnerTests(TinyExperiment tiny) : IClassFixture<TinyExperiment>
{
    // The files that may differ from run to run, and the cache.
    private static readonly string[] Volatile = ["environment.json", "timings.json", "log.jsonl"];

    [Fact]
    public async Task A_whole_experiment_gives_its_results_again_bit_for_bit_and_from_its_cache()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(tiny["first/report.html"], await tiny.RunAsync("first", cancellation));
        HoldsEverything(JsonDocument.Parse(File.ReadAllText(tiny["first/results.json"])).RootElement);
        var first = Outputs("first");
        Assert.Contains("scores.parquet", first.Keys);
        Assert.Contains("quality.csv", first.Keys);
        NamesItsMakers(Path.Combine(tiny["first"], "work", "all", "frames"));
        Assert.DoesNotContain(tiny["first"], File.ReadAllText(tiny["first/report.html"]), StringComparison.Ordinal);

        SaysItsEndpointBeforeAnythingIsScored(tiny["first"]);
        EveryByteCounts(tiny["first"]);

        await tiny.RunAsync("second", cancellation);
        Assert.Equal(first, Outputs("second"));

        // Whatever is made again gets a new time of writing.
        var longAgo = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        var cached = Directory.EnumerateFiles(tiny["first/work"], "*", SearchOption.AllDirectories).ToArray();
        Assert.Contains(cached, file => Path.GetFileName(file) == "features-clean.cached");
        foreach (var file in cached) File.SetLastWriteTimeUtc(file, longAgo);
        await tiny.RunAsync("first", cancellation);
        Assert.Equal(first, Outputs("first"));
        Assert.Equal(cached.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(tiny["first/work"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.All(cached, file => Assert.Equal(longAgo, File.GetLastWriteTimeUtc(file)));
    }

    [Fact]
    public async Task A_network_and_families_over_time_stand_beside_the_others_alone_and_together()
    {
        var config = tiny.Config with
        {
            Families = ["dct_beta", "cnn", "landmarks"],
            Network = new NetworkTrainingOptions { Steps = 2, Pairs = 2 },
            NetworkFolds = 2,
            Ladder = ["jpeg-50"],
            Detector = tiny.Config.Detector with { Augment = true },
        };
        await tiny.RunAsync("families", TestContext.Current.CancellationToken, config);
        var results = File.ReadAllText(tiny["families/results.json"]);
        using var document = JsonDocument.Parse(results);
        var rows = document.RootElement.GetProperty("families").EnumerateArray()
            .Select(row => (Name: row.GetProperty("family").GetString(), Columns: row.GetProperty("n_columns").GetInt32())).Distinct()
            .Order().ToArray();
        Assert.Equal([("all", 63 + 36 + 65), ("cnn", 65), ("dct_beta", 63), ("landmarks", 36)], rows);
        // One for each kind of detector, under what it learns.
        Assert.Equal(
            ["cnn-artefact-augmented-clean_augment-0_augment-1-1.onnx.cached", "cnn-artefact-clean-1.onnx.cached",
                "cnn-artefact-unaware-clean-1.onnx.cached"],
            Directory.GetFiles(Path.Combine(tiny["families"], "work", "all"), "*.onnx.cached").Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
        // The page shows how those of the headline's condition were taught, and says where the generator comes from.
        Assert.Equal(["training.cnn-artefact-all.csv", "training.cnn-artefact-unaware-all.csv"],
            Directory.GetFiles(tiny["families/figures"], "training.*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var curve = File.ReadAllText(tiny["families/figures/training.cnn-artefact-all.csv"]);
        Assert.All(new[] { "training loss,2,", "validation loss,2,", "validation AUC,2," }, line =>
            Assert.Contains(line, curve, StringComparison.Ordinal));
        Assert.Contains("came trained, from a file without the statistics", File.ReadAllText(tiny["families/report.html"]),
            StringComparison.Ordinal);
        await tiny.RunAsync("families", TestContext.Current.CancellationToken, config);
        Assert.Equal(curve, File.ReadAllText(tiny["families/figures/training.cnn-artefact-all.csv"]));
        Directory.Delete(tiny["families/work"], recursive: true);
        await tiny.RunAsync("families", TestContext.Current.CancellationToken, config);
        Assert.Equal(results, File.ReadAllText(tiny["families/results.json"]));
    }

    [Fact]
    public async Task Both_arms_several_draws_and_every_attacker_stand_in_one_experiment_and_never_mix()
    {
        var config = tiny.Config
            with
        {
            Draws = 2,
            Arms = [Arm.Epochs, Arm.Updates],
            Adapt = tiny.Config.Adapt with { Epochs = 2, Batch = 1 },
            Generators = ["few-shot", .. Generators.Of(GeneratorPart.Attacker).Select(one => (GeneratorReference)one.Name)],
            AttackersInTraining = ["self-blend"]
        };
        await tiny.RunAsync("arms", TestContext.Current.CancellationToken, config);
        var results = JsonDocument.Parse(File.ReadAllText(tiny["arms/results.json"])).RootElement;
        string[] Names(string list, params string[] fields) =>
            [.. results.GetProperty(list).EnumerateArray()
            .Select(row => string.Join(' ', fields.Select(field => row.GetProperty(field).ToString())).Trim()).Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.Equal("updates", results.GetProperty("headline").GetProperty("arm").GetString());
        Assert.Equal(["ff", "ft epochs", "ft updates"], Names("cross_shot", "mode", "arm"));
        Assert.Equal(["ff", "ft epochs", "ft updates"], Names("terciles", "mode", "arm"));
        Assert.Equal(["passthrough", "reconstruct", "t0", "t_all epochs", "t_all updates"], Names("anchors", "name", "arm"));
        Assert.Equal(["affine-warp", "auto-encoder", "ff", "ft epochs", "ft updates", "nearest-shot", "reconstruct", "self-blend", "t0",
            "t_all epochs", "t_all updates", "truth"], Names("generation", "mode", "arm"));
        // Two draws of three frames of three people, one at the most shots; n of the distances is that of one draw.
        Assert.All(results.GetProperty("generation").EnumerateArray().Where(row => row.GetProperty("mode").GetString() == "ft"), row =>
            Assert.Equal((row.GetProperty("shots").GetInt32() == 1 ? 18 : 9, 9),
                (row.GetProperty("n_frames").GetInt32(), row.GetProperty("kid_frames").GetInt32())));
        Assert.Contains(results.GetProperty("comparisons").EnumerateArray(), row => row.GetProperty("first").GetString() == "ft 2 (epochs)"
            && row.GetProperty("second").GetString() == "nearest-shot 2" && row.GetProperty("quantity").GetString() == "nme");
        // Three people in one video each; two draws are two made videos a person, one at the most shots; arms and shot counts have rows of
        // their own.
        string[] Videos(string list) =>
            [.. results.GetProperty(list).EnumerateArray()
            .Where(row => row.GetProperty("level").GetString() == "video" && row.GetProperty("detector").GetString() == "artefact")
            .Select(row =>
                $"{$"{row.GetProperty("mode")} {row.GetProperty("arm")}".Trim()} {row.GetProperty("shots")} {row.GetProperty("n_real")} "
            + $"{row.GetProperty("n_generated")}")];
        string[] cells = ["1 3 6", "2 3 3"];
        Assert.Equal(from mode in new[] { "ff", "ft epochs", "ft updates" } from cell in cells select $"{mode} {cell}",
            Videos("accuracy_per_shot"));
        Assert.Equal(from mode in config.Attackers.Order(StringComparer.Ordinal) from cell in cells select $"{mode} {cell}",
            Videos("attackers"));
        Assert.Equal(3 * 3 * (2 + 1) * 3, results.GetProperty("counts").GetProperty("n_generated_frames").GetInt32());
        Assert.Contains(Directory.EnumerateFiles(tiny["arms/figures"]), file => Path.GetFileName(file) == "cross-shot.ft-epochs.svg");
        Assert.Contains("both modes in equal shares, ft of every arm alike, and, as a third mode, on self-blend",
            results.GetProperty("detector").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(tiny["arms/figures/attackers-per-shot.clean.svg"]) && File.Exists(tiny["arms/figures/attackers.png"]));
        var curve = File.ReadAllLines(Assert.Single(Directory.EnumerateFiles(tiny["arms/figures"], "auc-per-shot.clean.csv")));
        Assert.Equal(["ff", "ft (epochs)", "ft (updates)", "passthrough", "reconstruct", "series", "t0", "t_all"],
            curve.Select(line => line.Split(',')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Several_generators_seeds_augmentation_and_coded_sequences_stand_in_one_experiment()
    {
        var config = tiny.Config with
        {
            Person = false,
            Generator = tiny.Config.Generator with { Weights = [tiny["weights.safetensors"], tiny["others.safetensors"]] },
            Conditions = ["clean", "h264-crf40", "face-only"],
            StepCaps = [1, 2],
            DetectorSeeds = 2,
            Detector = tiny.Config.Detector with { Augment = true },
            Ladder = ["h264-crf23"],
        };
        await tiny.RunAsync("many", TestContext.Current.CancellationToken, config);
        var results = JsonDocument.Parse(File.ReadAllText(tiny["many/results.json"])).RootElement;
        JsonElement[] List(string list) => [.. results.GetProperty(list).EnumerateArray()];
        string Text(JsonElement row, params string[] fields) => string.Join(' ', fields.Select(field => row.GetProperty(field).ToString()));
        string[] Distinct(string list, params string[] fields) =>
            [.. List(list).Select(row => Text(row, fields)).Distinct().Order(StringComparer.Ordinal)];
        Assert.Contains("n = 2 generators)", results.GetProperty("headline").GetProperty("statement").GetString(),
            StringComparison.Ordinal);
        Assert.Equal((2, 2),
            (results.GetProperty("counts").GetProperty("n_generators").GetInt32(),
            results.GetProperty("counts").GetProperty("n_detector_seeds").GetInt32()));
        Assert.Equal([1L, 2L], List("seeds").Select(seed => seed.GetInt64()));
        // Three people in one video each; two generators are two made videos a person.
        Assert.Equal(["3 6"],
            List("accuracy_per_shot").Where(row => row.GetProperty("level").GetString() == "video")
            .Select(row => Text(row, "n_real", "n_generated")).Distinct());
        Assert.Equal(
            from condition in new[] { "clean", "face-only", "h264-crf40" }
            from detector in new[] { "artefact", "artefact-augmented", "artefact-unaware" }
            select $"{condition} {detector}", Distinct("accuracy_per_shot", "condition", "detector"));
        Assert.Equal(Distinct("accuracy_per_shot", "condition", "detector"), Distinct("machine_user", "condition", "detector"));
        Assert.Equal(Distinct("accuracy_per_shot", "condition", "detector"), Distinct("validation", "condition", "detector"));
        Assert.Equal(["artefact ff", "artefact ft", "artefact-augmented ff", "artefact-augmented ft", "artefact-unaware ff",
            "artefact-unaware ft"],
            Distinct("missed_from", "detector", "mode"));
        Assert.Equal(["detector_seed artefact", "detector_seed artefact-unaware", "generator artefact",
            "generator artefact-augmented", "generator artefact-unaware"],
            Distinct("spread", "over", "detector"));
        Assert.All(List("spread"), row =>
            Assert.Equal((2, 2), (row.GetProperty("n").GetInt32(), row.GetProperty("aucs").GetArrayLength())));
        Assert.Equal(
            from detector in new[] { "artefact", "artefact-augmented", "artefact-unaware" }
            from step in new[] { "clean none", "h264-crf23 both", "h264-crf23 generated", "h264-crf23 real" }
            select $"{detector} {step}", Distinct("robustness", "detector", "step", "applied_to"));
        Assert.Equal(["h264-crf23", "h264-crf40"], Distinct("compression", "condition"));
        // Three people with one true sequence each; two modes, shot counts and generators of each.
        foreach (var condition in new[] { "h264-crf23", "h264-crf40" })
        {
            var classes = List("compression")
                .Where(row => row.GetProperty("condition").GetString() == condition
                && row.GetProperty("mode").ValueKind == JsonValueKind.Null).ToDictionary(row => row.GetProperty("label").GetString()!);
            Assert.Equal((3, 24),
                (classes["real"].GetProperty("n_sequences").GetInt32(), classes["generated"].GetProperty("n_sequences").GetInt32()));
            Assert.All(classes.Values, row => Assert.True(row.GetProperty("bits_per_frame").GetDouble() > 8));
        }

        Assert.Equal(from weights in new[] { "g1", "g2" } from cap in new[] { 1, 2 } select $"all {weights} {cap}",
            Distinct("step_caps", "fold", "weights", "cap"));
        Assert.All(List("step_caps").GroupBy(row => row.GetProperty("weights").GetString()), rows =>
            Assert.Equal(rows.Max(row => row.GetProperty("ssim").GetDouble()),
                Assert.Single(rows, row => row.GetProperty("chosen").GetBoolean()).GetProperty("ssim").GetDouble()));

        Assert.Equal(["all", "dct_beta", "npr_stats", "spectrum"], Distinct("families", "family"));
        // Each true and made frame is scored by every detector under every condition, under a key of its own.
        Assert.Equal(3 * 3 * 2 * 2 * 2, results.GetProperty("counts").GetProperty("n_generated_frames").GetInt32());
        Assert.True(File.Exists(tiny["many/figures/detectors-per-shot.clean-ff.svg"]));
        var html = File.ReadAllText(tiny["many/report.html"]);
        foreach (var section in new[] { "Detectors beside each other", "Machine-USER", "Feature families alone", "Robustness",
            "Achieved bits per class", "Step caps of fine-tuning", "Spread between detector seeds and between generators" }) Assert
            .Contains($">{section}</h", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generator_that_went_on_learning_shows_its_curve_in_every_fold()
    {
        var config = tiny.Config with { Generator = tiny.Config.Generator with { Continue = new TrainOptions { Steps = 4, Batch = 2 } } };
        await tiny.RunAsync("continued", TestContext.Current.CancellationToken, config);
        var run = Path.GetDirectoryName(Assert
            .Single(Directory
            .EnumerateFiles(Path.Combine(tiny["continued"], "work", "all", "training"), "stats.jsonl", SearchOption.AllDirectories)))!;
        var curve = File.ReadAllLines(tiny["continued/figures/training.generator-all.csv"]);
        var steps = File.ReadLines(Path.Combine(run, "stats.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("step").GetInt32(), line => line.GetProperty("content").GetDouble());
        Assert.Equal(steps.Values,
            curve.Where(line => line.StartsWith("content,", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture)));
        var html = File.ReadAllText(tiny["continued/report.html"]);
        Assert.Contains("went on learning in every fold, 4 steps", html, StringComparison.Ordinal);
        Assert.Contains("id=\"figure-training.generator-all\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"step\":20,\"content\":0.5}\n{\"step\":40,\"con")]
    [InlineData("{\"content\":0.5}")]
    [InlineData("null")]
    [InlineData("\"odd\"")]
    public async Task A_run_whose_curve_cannot_be_read_is_said_so_at_the_start_and_goes_without(string stats)
    {
        Directory.CreateDirectory(tiny["run"]);
        File.Copy(tiny["weights.safetensors"], tiny["run/weights.safetensors"], overwrite: true);
        File.WriteAllText(tiny["run/stats.jsonl"], stats);
        using var stop = new CancellationTokenSource();
        var warnings = new List<string>();
        var config = tiny.Config with { Generator = tiny.Config.Generator with { Weights = [tiny["run"]] } };
        var runner = new ExperimentRunner(config, tiny["torn"], "experiment run", TimeProvider.System)
        {
            Warn = message =>
            {
                warnings.Add(message);
                stop.Cancel();
            },
        };
        // Stopped by the warning, hours before the report that the curve is for.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(null, stop.Token));
        Assert.StartsWith("the report goes without the curve of generator: ", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(tiny["torn"], "work", "source")));
    }

    [Fact]
    public async Task People_who_taught_the_generator_are_named_and_no_experiment_runs_with_them()
    {
        using (var weights = GeneratorWeights.Load(tiny["weights.safetensors"])) weights.Save(tiny["knows.safetensors"],
            new Dictionary<string, string>
            {
                [LearntPeople.MetadataKey] = (new LearntPeople([], []) { Rendered = [new RenderedPeople(1, 0, 502)] }).ToLine(),
            });
        var config = tiny.Config with { Generator = tiny.Config.Generator with { Weights = [tiny["knows.safetensors"]] } };
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            tiny.RunAsync("known", TestContext.Current.CancellationToken, config));
        Assert.StartsWith("knows.safetensors learnt from 2 of these people (p00500, p00501), so", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny["known/detectors"]));
        await tiny.RunAsync("strangers", TestContext.Current.CancellationToken,
            config with { Procedural = config.Procedural! with { FirstIdentity = 502 } });
    }

    [Fact]
    public async Task A_content_loss_without_its_networks_is_refused_before_anything_is_rendered()
    {
        var config = tiny.Config with { Adapt = tiny.Config.Adapt with { Content = "vgg" } };
        // A folder of this test's own, whatever models the machine has.
        var runner = new ExperimentRunner(config, tiny["vgg"], "forensicheads experiment run tiny.json",
            TimeProvider.System)
        { ContentFiles = new ContentLossFiles { Models = tiny["no-models"] } };
        var says =
            (await Assert.ThrowsAsync<UserErrorException>(() => runner.RunAsync(null, TestContext.Current.CancellationToken))).Message;
        Assert.Contains($"vgg19.safetensors in the model folder ({tiny["no-models"]})", says, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny["vgg"]));
    }

    private static void HoldsEverything(JsonElement results)
    {
        string[] Names(string list, string field) =>
            [.. results.GetProperty(list).EnumerateArray().Select(row => row.GetProperty(field).ToString()).Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["passthrough", "reconstruct", "t0", "t_all"], Names("anchors", "name"));
        Assert.Equal(["ff", "ft"], Names("accuracy_per_shot", "mode"));
        Assert.Equal(["1", "2"], Names("accuracy_per_shot", "shots"));
        Assert.Equal(["clean"], Names("accuracy_per_shot", "condition"));
        Assert.Equal(["artefact", "artefact-unaware", "identity-moments"], Names("accuracy_per_shot", "detector"));
        Assert.Equal(["artefact", "artefact-unaware", "identity-moments"], Names("anchors", "detector"));
        Assert.Equal(["both", "generated", "none", "real"], Names("robustness", "applied_to"));
        Assert.Equal(["frame", "video"], Names("machine_user", "level"));
        // Three people, one draw: three triplets of videos, and one for each of three frames.
        Assert.All(results.GetProperty("machine_user").EnumerateArray(), row =>
            Assert.Equal(row.GetProperty("level").GetString() == "video" ? 3 : 9, row.GetProperty("n_triplets").GetInt32()));
        Assert.Equal(0, results.GetProperty("spread").GetArrayLength());
        Assert.Equal(["affine-warp", "ff", "ft", "nearest-shot", "reconstruct", "t0", "t_all", "truth"], Names("generation", "mode"));
        Assert.Equal(["identity-judge-64"], Names("generation", "identity_model"));
        // Two shot counts of four kinds, three anchors, the truth; nine frames each, and the same nine behind every distance.
        Assert.Equal(12, results.GetProperty("generation").GetArrayLength());
        Assert.All(results.GetProperty("generation").EnumerateArray().Where(row => row.GetProperty("mode").GetString() != "truth"), row =>
            Assert.Equal((9, 9), (row.GetProperty("kid_frames").GetInt32(), row.GetProperty("n_frames").GetInt32())));
        Assert.Equal(["accuracy", "auc", "fid", "identity_similarity", "kid", "nme", "nme_redetected", "psnr", "ssim"],
            Names("comparisons", "quantity"));
        Assert.Equal(JsonValueKind.Number, results.GetProperty("embedding_swap").GetProperty("identity_swapped_to_other").ValueKind);
        foreach (var control in new[] { "label_shuffle", "metadata_only", "passthrough", "background_only" }) Assert.Equal(
            JsonValueKind.Object, results.GetProperty("controls").GetProperty(control).ValueKind);
        Assert.Equal("clean", results.GetProperty("headline").GetProperty("condition").GetString());
        Assert.Matches(
            @"Fine-tuned heads from T shots are told from real frames by 'artefact' with AUC .* at T = 1, .* at T = 2 "
                + @"\(condition clean, \w+ level, arm updates, n = 3 people, n = 1 generator\)\.$",
            results.GetProperty("headline").GetProperty("statement").GetString());
        Assert.Equal(3, results.GetProperty("split").GetProperty("test").GetInt32());
        Assert.Equal(["all"], Names("validation", "fold"));
        Assert.Equal(["clean"], Names("importance", "condition"));
        Assert.Equal("clean", results.GetProperty("controls").GetProperty("background_only").GetProperty("condition").GetString());
        Assert.Equal(JsonValueKind.Object, results.GetProperty("embedding_swap").ValueKind);
        // Three people, three driver frames, two shot counts, two modes; anchors and baselines do not count.
        Assert.Equal(36, results.GetProperty("counts").GetProperty("n_generated_frames").GetInt32());
        Assert.Equal(3, results.GetProperty("counts").GetProperty("n_videos").GetInt32());
        // The passed-through frame is the true one: any other AUC than one half is a leak.
        Assert.Equal(0.5, results.GetProperty("controls").GetProperty("passthrough").GetProperty("auc").GetDouble());
    }

    private static void SaysItsEndpointBeforeAnythingIsScored(string folder)
    {
        var log = File.ReadLines(Path.Combine(folder, EvidenceLog.Name)).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("what").GetString() != "kept").ToArray();
        var start = log[0].GetProperty("facts");
        Assert.Equal("start", log[0].GetProperty("what").GetString());
        Assert.Equal(JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "experiment.json"))).RootElement.GetProperty(
            "primary_endpoint").GetString(), start.GetProperty("primary_endpoint").GetString());
        Assert.Equal(Hashes.OfFile(Path.Combine(folder, "experiment.json")), start.GetProperty("experiment_sha256").GetString());
        Assert.Equal(["start", "models", "begin", "done", "input"], log[..5].Select(line => line.GetProperty("what").GetString()));
        Assert.Contains(log[1].GetProperty("facts").GetProperty("hashes").EnumerateArray(), hash =>
            hash.GetProperty("name").GetString() == "generator weights" && hash.GetProperty("value").GetString()!.Length == 64);
        Assert.Equal(FrameStore.Open(Path.Combine(folder, "work", "source")).ContentHash,
            log[4].GetProperty("facts").GetProperty("content_sha256").GetString());
        Assert.Equal("files", log[^1].GetProperty("what").GetString());
    }

    // A hundred bytes anywhere in the folder, one of them in the log's last line: the file is named each time.
    private static void EveryByteCounts(string folder)
    {
        Assert.Empty(EvidenceCheck.Of(folder, cancellation: TestContext.Current.CancellationToken).Faults);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => new FileInfo(file).Length > 0).ToArray();
        var log = Path.Combine(folder, EvidenceLog.Name);
        var random = new SeededRandom(1, "one byte");
        for (var i = 0; i < 100; i++)
        {
            var file = i == 0 ? log : random.Pick(files);
            var good = File.ReadAllBytes(file);
            var lastLine = good.AsSpan(0, good.Length - 1).LastIndexOf((byte)'\n') + 1;
            var at = i == 0 ? lastLine + random.NextInt(good.Length - lastLine) : random.NextInt(good.Length);
            byte[] bad = [.. good];
            bad[at] ^= (byte)(1 + random.NextInt(255));
            File.WriteAllBytes(file, bad);
            var faults = EvidenceCheck.Of(folder, cancellation: TestContext.Current.CancellationToken).Faults;
            File.WriteAllBytes(file, good);
            Assert.True(faults.Count == 1 && faults[0].Where.Split(" line ")[0] == Path.GetRelativePath(folder, file),
                $"byte {at} of {file}: {string.Join("; ", faults.Select(fault => fault.Sentence))}");
        }

        Assert.Empty(EvidenceCheck.Of(folder, cancellation: TestContext.Current.CancellationToken).Faults);
    }

    // Every made frame names its weights and the person it shows; a swapped vector shows its owner.
    private static void NamesItsMakers(string folder)
    {
        var frames = Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateDirectories)
            .SelectMany(path => FrameStore.Open(path).Frames).ToArray();
        foreach (var frame in frames
            .Where(frame => frame.Origin.Generator is "few-shot" or "t0" or "t_all" or "reconstruct" or "swapped-embedding")) Assert
            .Equal(64, frame.WeightsSha256!.Length);
        var swapped = frames.Where(frame => frame.Origin.Generator == "swapped-embedding").ToArray();
        Assert.Equal(9, swapped.Length);
        Assert.All(swapped, frame => Assert.DoesNotContain(frame.Identity, frame.DriverVideo!, StringComparison.Ordinal));
    }

    private SortedDictionary<string, string> Outputs(string name) => new(
        Directory.EnumerateFiles(tiny[name], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(tiny[name], file))
            .Where(file => !Volatile.Contains(file) && !file.StartsWith("work", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Hashes.OfFile(Path.Combine(tiny[name], file))),
        StringComparer.Ordinal);
}
