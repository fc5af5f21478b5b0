using System.Text.Json;
using ForensicHeads.Generator.Tests.Watching;
using TorchSharp;

namespace ForensicHeads.Generator.Tests.Training;

public sealed class MetaTrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("forensicheads-training-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_run_that_was_cancelled_and_resumed_ends_with_the_same_bytes()
    {
        var whole = await RunAsync("whole");
        await StopAsync("stopped", 3);
        Assert.False(File.Exists(Path.Combine(folder, "stopped", "weights.safetensors")));
        Assert.Equal(Hashes.OfFile(whole), Hashes.OfFile(await RunAsync("stopped", resume: true)));
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "whole", "stats.jsonl")),
            File.ReadAllText(Path.Combine(folder, "stopped", "stats.jsonl")));
    }

    [Fact]
    public async Task A_damaged_newest_checkpoint_gives_way_to_the_one_before()
    {
        var whole = await RunAsync("whole");
        await StopAsync("stopped", 5);
        var checkpoints = Checkpoints("stopped");
        Assert.Equal(2, checkpoints.Length);
        File.WriteAllBytes(checkpoints[^1], File.ReadAllBytes(checkpoints[^1])[..^100]);
        Assert.Equal(Hashes.OfFile(whole), Hashes.OfFile(await RunAsync("stopped", resume: true)));
    }

    [Fact]
    public async Task A_checkpoint_that_lacks_a_tensor_leaves_the_learner_as_it_was()
    {
        await StopAsync("stopped", 2);
        var file = Assert.Single(Checkpoints("stopped"));
        var content = SafetensorsFile.Read(file);
        // The last network's last tensor: everything before it could be loaded.
        SafetensorsFile.Write(
            file, [.. content.Tensors.Values.Where(item => item.Name != "average.projection.spectral_u")], content.Metadata);
        using var weights = new GeneratorWeights(TinyScene.Preset, 9);
        using var learner = new MetaLearner(weights, 2, TinyScene.Options);
        var before = weights.Embedder.Values.ToArray();
        Assert.Contains("spectral_u",
            Assert.Throws<UserErrorException>(() =>
                Folder("stopped").Resume(learner, RunRecord.Find(Path.Combine(folder, "stopped"))!)).Message, StringComparison.Ordinal);
        Assert.Equal(before, weights.Embedder.Values.ToArray());
        Assert.Equal(0, learner.Step);
    }

    [Fact]
    public async Task A_checkpoint_of_other_data_is_refused()
    {
        await StopAsync("stopped", 2);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync("stopped", resume: true, hash: "other"));
        Assert.Contains("other data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_options_are_refused_by_the_first_that_differs_and_leave_the_record_as_it_was()
    {
        await StopAsync("stopped", 2);
        var record = File.ReadAllText(Folder("stopped").OptionsFile);
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            RunAsync("stopped", resume: true, options: TinyScene.Options with { Shots = 1, Seed = 9 }));
        Assert.Contains("shots 2, not 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(record, File.ReadAllText(Folder("stopped").OptionsFile));

        // A record of other options does not make a checkpoint theirs.
        File.WriteAllText(Folder("stopped").OptionsFile, record.Replace("\"shots\": 2", "\"shots\": 1", StringComparison.Ordinal));
        error = await Assert.ThrowsAsync<UserErrorException>(
            () => RunAsync("stopped", resume: true, options: TinyScene.Options with { Shots = 1 }));
        Assert.Contains("step-0000002.safetensors was begun with shots 2, not 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_micro_batch_goes_on_and_says_so()
    {
        await StopAsync("stopped", 2);
        var record = RunRecord.Find(Path.Combine(folder, "stopped"))!;
        record.CheckSame(record with { Options = record.Options with { MicroBatch = 1 } }, "run.json");
        Assert.DoesNotContain("micro_batch", File.ReadAllText(Folder("stopped").OptionsFile), StringComparison.Ordinal);
        await RunAsync("stopped", resume: true, options: TinyScene.Options with { MicroBatch = 1 });
        Assert.Contains(warnings, warning => warning.Contains("micro-batches of 2, now 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_preset_or_other_weights_to_start_from_are_refused()
    {
        await StopAsync("stopped", 2);
        var record = RunRecord.Find(Path.Combine(folder, "stopped"))!;
        Assert.Contains("preset min_channels 8, not 4", Refusal(record with { Preset = record.Preset with { MinChannels = 4 } }),
            StringComparison.Ordinal);
        Assert.Contains("--init (SHA-256) none, not abc", Refusal(record with { Init = "abc" }), StringComparison.Ordinal);

        string Refusal(RunRecord now) => Assert.Throws<UserErrorException>(() => record.CheckSame(now, "run.json")).Message;
    }

    [Fact]
    public async Task A_run_killed_before_its_first_checkpoint_resumes_at_step_0()
    {
        var whole = await RunAsync("whole");
        await StopAsync("killed", 1);
        foreach (var file in Checkpoints("killed")) File.Delete(file);
        File.WriteAllText(Folder("killed").StatsFile, "{\"step\":1}\n{\"st");
        Assert.Equal(Hashes.OfFile(whole), Hashes.OfFile(await RunAsync("killed", resume: true)));
        Assert.Equal(File.ReadAllText(Folder("whole").StatsFile), File.ReadAllText(Folder("killed").StatsFile));
    }

    [Fact]
    public async Task A_new_start_drops_the_figures_and_half_written_checkpoints_of_a_killed_one()
    {
        await RunAsync("whole");
        Directory.CreateDirectory(Path.Combine(folder, "again", "checkpoints"));
        File.WriteAllText(Folder("again").StatsFile, "{\"step\":3}\n");
        File.WriteAllText(Path.Combine(folder, "again", "checkpoints", "step-0000004.safetensors.tmp-1-a.safetensors"), "half");
        await RunAsync("again");
        Assert.Equal(File.ReadAllText(Folder("whole").StatsFile), File.ReadAllText(Folder("again").StatsFile));
        Assert.Equal(2, Checkpoints("again").Length);
    }

    [Fact]
    public async Task Resuming_where_nothing_was_begun_is_refused() =>
        Assert.Contains("without --resume", (await Assert.ThrowsAsync<UserErrorException>(() => RunAsync("empty", resume: true))).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Only_the_last_two_checkpoints_are_kept()
    {
        await RunAsync("whole");
        Assert.Equal(["step-0000004.safetensors", "step-0000006.safetensors"], Checkpoints("whole").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_run_of_single_episodes_writes_its_figures()
    {
        await RunAsync("single", options: TinyScene.Options with { Batch = 1, Steps = 1 });
        Assert.Contains("\"embedding_spread\":null", File.ReadAllText(Path.Combine(folder, "single", "stats.jsonl")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_weights_carry_what_made_them_and_nobodys_face()
    {
        using var weights = GeneratorWeights.Load(await RunAsync("whole"));
        Assert.Equal(("6", "hash", "1"), (weights.Metadata["step"], weights.Metadata["data"], weights.Metadata["seed"]));
        Assert.Equal(TinyScene.Preset.Embedding, weights.MeanEmbedding!.Length);
        Assert.Contains(weights.MeanEmbedding, value => value != 0);
    }

    [Fact]
    public async Task The_figures_are_complete_and_the_clock_stands_elsewhere()
    {
        await RunAsync("whole", samples: true, options: TinyScene.Options with { SampleEvery = 3 });
        var lines = File.ReadAllLines(Folder("whole").StatsFile).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([3, 6], lines.Select(line => line.GetProperty("step").GetInt32()));
        Assert.All(lines, line => Assert.All(line.EnumerateObject(), member => Assert.True(double.IsFinite(member.Value.GetDouble()))));
        string[] measured =
            ["score_real", "score_generated", "gradient_embedder", "gradient_generator", "gradient_projection", "gradient_discriminator",
            "embedding_spread", "swap_change"];
        Assert.All(measured, name => Assert.NotEqual(0, lines[0].GetProperty(name).GetDouble()));

        // Step 6 is the sixth of six under the default decay over the last 0.4 of them.
        Assert.Equal(2e-3 * TinyScene.Options.RateFactor(5), lines[1].GetProperty("rate_generator").GetDouble(), 1e-12);

        var times = File.ReadAllLines(Folder("whole").TimingsFile).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([3, 6], times.Select(line => line.GetProperty("step").GetInt32()));
        Assert.All(times, line =>
        {
            double Of(string name) => line.GetProperty(name).GetDouble();
            Assert.Equal(Of("seconds_a_step"), Of("wait_seconds") + Of("compute_seconds") + Of("keep_seconds"), 1e-9);
            Assert.Equal(Of("wait_seconds") / Of("seconds_a_step"), Of("wait_share"), 1e-9);
        });
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder, "whole", "samples")).Length);
    }

    [Fact]
    public async Task The_scores_are_those_of_the_true_and_the_generated_frame()
    {
        // With one episode the hinge loss follows from the two scores: max(0, 1 − D(x)) + max(0, 1 + D(x̂)).
        await RunAsync("single", options: TinyScene.Options with { Batch = 1, Steps = 20, CheckpointEvery = 20 });
        using var line = JsonDocument.Parse(File.ReadAllLines(Folder("single").StatsFile)[^1]);
        double Of(string name) => line.RootElement.GetProperty(name).GetDouble();
        Assert.NotEqual(Of("score_real"), Of("score_generated"));
        Assert.Equal(Math.Max(0, 1 - Of("score_real")) + Math.Max(0, 1 + Of("score_generated")), Of("discriminator"), 1e-5);
    }

    [Fact]
    public async Task Tensorboard_sees_every_logged_step_of_a_stopped_and_resumed_run_once()
    {
        var options = TinyScene.Options with { SampleEvery = 1, CheckpointEvery = 4 };
        await StopAsync("stopped", 3, options, samples: true);

        // As if killed after the checkpoint of step 3, with the events of later steps on the disk.
        await StopAsync("stopped", 5, options, samples: true, resume: true);
        File.Delete(Checkpoints("stopped")[^1]);
        await RunAsync("stopped", resume: true, options: options, samples: true);
        var files = Directory.GetFiles(Folder("stopped").Path, "events.out.tfevents.*").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(3, files.Length);
        var events = files.SelectMany(EventReader.Read).Where(item => item.Version is null).ToArray();
        Assert.Equal([1, 2, 3, 4, 5, 6], events.Select(item => item.Step));
        Assert.All(events, item => Assert.Equal("samples", Assert.Single(item.Images).Key));
        Assert.Contains("gradient/discriminator", events[0].Scalars.Keys);
    }

    [Fact]
    public async Task A_discriminator_that_is_dead_is_warned_of_in_a_real_run()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        Kill(weights.Discriminator, "last.conv2.bias");
        Assert.Contains("stood at 2.00",
            Assert.Single(await Warnings(weights, TinyScene.Options with { Steps = 200, CheckpointEvery = 200 }, samples: false)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_embedder_that_is_dead_is_warned_of_by_its_spread_and_by_the_swapped_frames()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        Kill(weights.Embedder, "down2.conv2.bias");
        var warnings = await Warnings(weights,
            TinyScene.Options with { Steps = 200, SampleEvery = 40, CheckpointEvery = 200, DiscriminatorUpdates = 0 }, samples: true);
        Assert.Equal(2, warnings.Count);
        Assert.Contains("step 120: another person's ê", warnings[0], StringComparison.Ordinal);
        Assert.Contains("step 200: ê hardly differs", warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_no_number_stops_the_run_at_its_step_and_keeps_the_checkpoint_before()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var poison = new Each(step =>
        {
            if (step == 3) Poison(weights.Generator);
        });
        var error = await Assert
            .ThrowsAsync<UserErrorException>(() => new MetaTraining(TinyScene.Data(2, 6), weights, TinyScene.Options, Folder("broken"))
            .RunAsync(false, poison, TestContext.Current.CancellationToken));
        Assert.Contains("step 4: the content loss", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("checkpoints", "step-0000002.safetensors"), error.Message, StringComparison.Ordinal);
        Assert.Equal("step-0000002.safetensors", Path.GetFileName(Assert.Single(Checkpoints("broken"))));
    }

    [Fact]
    public async Task Weights_that_are_no_numbers_are_not_kept_as_a_checkpoint()
    {
        await StopAsync("stopped", 2);
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        using var learner = new MetaLearner(weights, 2, TinyScene.Options) { Step = 5 };
        Poison(weights.Discriminator);
        var error = Assert.Throws<UserErrorException>(() =>
            Folder("stopped").SaveCheckpoint(learner, RunRecord.Find(Path.Combine(folder, "stopped"))!));
        Assert.Contains("step 5", error.Message, StringComparison.Ordinal);
        Assert.Single(Checkpoints("stopped"));
    }

    [Fact]
    public async Task Two_trainings_at_once_in_one_folder_are_refused()
    {
        using (Folder("taken").Take()) Assert
            .Contains("Another process", (await Assert.ThrowsAsync<UserErrorException>(() => RunAsync("taken"))).Message,
            StringComparison.Ordinal);
        await RunAsync("taken");
    }

    [Fact]
    public async Task A_run_resumed_under_another_code_or_with_other_people_in_its_grids_is_told()
    {
        await StopAsync("stopped", 2, samples: true);
        var file = Folder("stopped").OptionsFile;
        var code = RunRecord.Find(Path.Combine(folder, "stopped"))!.Environment!.Code;
        File.WriteAllText(file, File.ReadAllText(file).Replace(code, "0123456789abcdef", StringComparison.Ordinal));
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var warnings = new List<string>();
        await new MetaTraining(TinyScene.Data(2, 6), weights, TinyScene.Options, Folder("stopped")) { Warn = warnings.Add }.RunAsync(true,
            null, TestContext.Current.CancellationToken);
        Assert.Contains($"code 0123456789abcdef, now {code}", warnings[0], StringComparison.Ordinal);
        Assert.Contains("other people", warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_killed_run_left_unfinished_is_cleared_away()
    {
        await StopAsync("stopped", 2, samples: true);
        foreach (var place in new[] { "run.json", "stats.jsonl", "weights.safetensors", "checkpoints/step-0000004.safetensors",
            "samples/step-0000004.png" })
        {
            var left = AtomicFile.TemporaryName(Path.Combine(folder, "stopped", place));
            Directory.CreateDirectory(Path.GetDirectoryName(left)!);
            File.WriteAllText(left, "half");
        }

        await RunAsync("stopped", resume: true, samples: true);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(folder, "stopped"), "*", SearchOption.AllDirectories), file =>
            file.Contains(".tmp-", StringComparison.Ordinal));
    }

    // A bias that no ReLU after it lets through: the network gives 0 for everything and learns nothing any more.
    private static void Kill(NetworkParameters network, string bias)
    {
        using var _ = torch.no_grad();
        var entry = network.Layout.Entries.Single(item => item.Name == bias);
        network.Values.narrow(0, entry.Offset, entry.Length).fill_(-1e4f);
    }

    private static void Poison(NetworkParameters network)
    {
        using var _ = torch.no_grad();
        network.Values.narrow(0, 0, 1).fill_(float.NaN);
    }

    private async Task<List<string>> Warnings(GeneratorWeights weights, TrainOptions options, bool samples)
    {
        var warnings = new List<string>();
        var training = new MetaTraining(TinyScene.Data(2, 6), weights, options, Folder("warned"))
        {
            Warn = warnings.Add,
            Samples = samples
            ? new SampleGrid(TinyScene.Data(2, 6), 2) : null
        };
        await training.RunAsync(false, null, TestContext.Current.CancellationToken);
        return warnings;
    }

    private RunFolder Folder(string name) => new(Path.Combine(folder, name));

    private string[] Checkpoints(string name) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, name, "checkpoints")).Order(StringComparer.Ordinal)];

    private async Task StopAsync(string name, int step, TrainOptions? options = null, bool samples = false, bool resume = false)
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(name, resume, options: options, stop: new StopAt(step, source), samples: samples));
    }

    private readonly List<string> warnings = [];

    private async Task<string> RunAsync(string name, bool resume = false, string hash = "hash", TrainOptions? options = null,
        StopAt? stop = null, bool samples = false)
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var grid = samples ? new SampleGrid(TinyScene.Data(2, 6), 2) : null;
        return await new MetaTraining(TinyScene.Data(2, 6, hash), weights, options ?? TinyScene.Options,
            Folder(name))
        { Samples = grid, Warn = warnings.Add }.RunAsync(resume, stop, stop?.Token ?? TestContext.Current.CancellationToken);
    }

    private sealed class Each(Action<long> onStep) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => onStep(value.Done);
    }

    private sealed class StopAt(int step, CancellationTokenSource source) : IProgress<StepProgress>
    {
        public CancellationToken Token => source.Token;

        public void Report(StepProgress value)
        {
            if (value.Done == step) source.Cancel();
        }
    }
}
