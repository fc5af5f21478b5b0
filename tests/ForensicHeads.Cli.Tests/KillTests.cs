using System.Globalization;

namespace ForensicHeads.Cli.Tests;

/// <summary>A training killed with <c>kill -9</c> and resumed ends with the same bytes as one that was not.</summary>
public sealed class KillTests : IDisposable
{
    private const string KillsVariable = "FORENSICHEADS_KILLS";
    private const int UsualKills = 5;

    private readonly TestCli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_training_killed_at_random_moments_ends_with_the_bytes_of_one_that_was_not()
    {
        var kills =
            int.TryParse(Environment.GetEnvironmentVariable(KillsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? asked : UsualKills;
        await cli.Succeed("procedural", "--identities", "3", "--videos", "1", "--frames", "6", "--size", "32", "--out", cli["people"]);
        using (var weights = new GeneratorWeights(TinyPreset.Value, 1)) weights.Save(
            cli["tiny.safetensors"], new Dictionary<string, string>());
        var steps = (40 * (kills + 1)).ToString(CultureInfo.InvariantCulture);
        string[] command =
        [
            "train", "--data", cli["people"], "--init", cli["tiny.safetensors"], "--steps", steps, "--batch", "2", "--shots", "2",
                "--discriminator-updates", "2", "--checkpoint-every", "7", "--sample-every", "3", "--threads", "1",
        ];
        new KilledTraining(cli["whole"], command).ToTheEnd(resume: false);

        var killed = new KilledTraining(cli["killed"], command);
        var random = new SeededRandom(1, "kills");
        for (var kill = 0; kill < kills; kill++) Assert.True(
            killed.UntilKilled(resume: kill > 0, random), $"the training ended before kill {kill + 1}");
        killed.ToTheEnd(resume: true);

        foreach (var file in new[] { "weights.safetensors", "stats.jsonl" }) Assert.Equal(
            Hashes.OfFile(cli[$"whole/{file}"]), Hashes.OfFile(cli[$"killed/{file}"]));
        Assert.Equal(Names("whole", "samples"), Names("killed", "samples"));
        foreach (var grid in Names("whole", "samples")) Assert.Equal(
            Hashes.OfFile(cli[$"whole/samples/{grid}"]), Hashes.OfFile(cli[$"killed/samples/{grid}"]));
        Assert.Equal(2, Names("killed", "checkpoints").Length);
        Assert.Equal(Names("whole", "checkpoints"), Names("killed", "checkpoints"));
        Assert.DoesNotContain(Directory.EnumerateFiles(cli["killed"], "*", SearchOption.AllDirectories), file =>
            file.Contains(".tmp-", StringComparison.Ordinal));
    }

    private string[] Names(string run, string folder) =>
        [.. Directory.EnumerateFiles(cli[$"{run}/{folder}"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
