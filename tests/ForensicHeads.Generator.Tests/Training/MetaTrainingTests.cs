using ForensicHeads.Foundation;
using ForensicHeads.Generator.Training;
using ForensicHeads.Neural.Files;

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
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "whole", "stats.jsonl")), File.ReadAllText(Path.Combine(folder, "stopped", "stats.jsonl")));
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
        SafetensorsFile.Write(file, [.. content.Tensors.Values.Where(item => item.Name != "average.projection.spectral_u")], content.Metadata);
        using var weights = new GeneratorWeights(TinyScene.Preset, 9);
        using var learner = new MetaLearner(weights, 2, TinyScene.Options);
        var before = weights.Embedder.Values.ToArray();
        Assert.Contains("spectral_u", Assert.Throws<UserErrorException>(() => Folder("stopped").Resume(learner, RunRecord.Find(Path.Combine(folder, "stopped"))!)).Message, StringComparison.Ordinal);
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
        var error = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync("stopped", resume: true, options: TinyScene.Options with { Shots = 1, Seed = 9 }));
        Assert.Contains("shots 2, not 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(record, File.ReadAllText(Folder("stopped").OptionsFile));

        // A record of other options does not make a checkpoint theirs.
        File.WriteAllText(Folder("stopped").OptionsFile, record.Replace("\"shots\": 2", "\"shots\": 1", StringComparison.Ordinal));
        error = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync("stopped", resume: true, options: TinyScene.Options with { Shots = 1 }));
        Assert.Contains("step-0000002.safetensors was begun with shots 2, not 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_preset_or_other_weights_to_start_from_are_refused()
    {
        await StopAsync("stopped", 2);
        var record = RunRecord.Find(Path.Combine(folder, "stopped"))!;
        Assert.Contains("preset min_channels 8, not 4", Refusal(record with { Preset = record.Preset with { MinChannels = 4 } }), StringComparison.Ordinal);
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
        Assert.Contains("without --resume", (await Assert.ThrowsAsync<UserErrorException>(() => RunAsync("empty", resume: true))).Message, StringComparison.Ordinal);

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
        Assert.Contains("\"embedding_spread\":null", File.ReadAllText(Path.Combine(folder, "single", "stats.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_weights_carry_what_made_them_and_nobodys_face()
    {
        using var weights = GeneratorWeights.Load(await RunAsync("whole"));
        Assert.Equal(("6", "hash", "1"), (weights.Metadata["step"], weights.Metadata["data"], weights.Metadata["seed"]));
        Assert.Equal(TinyScene.Preset.Embedding, weights.MeanEmbedding!.Length);
        Assert.Contains(weights.MeanEmbedding, value => value != 0);
    }

    private RunFolder Folder(string name) => new(Path.Combine(folder, name));

    private string[] Checkpoints(string name) => [.. Directory.EnumerateFiles(Path.Combine(folder, name, "checkpoints")).Order(StringComparer.Ordinal)];

    private async Task StopAsync(string name, int step)
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(name, stop: new StopAt(step, source)));
    }

    private async Task<string> RunAsync(string name, bool resume = false, string hash = "hash", TrainOptions? options = null, StopAt? stop = null)
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        return await new MetaTraining(TinyScene.Data(2, 6, hash), weights, options ?? TinyScene.Options, Folder(name)).RunAsync(resume, stop, stop?.Token ?? TestContext.Current.CancellationToken);
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
