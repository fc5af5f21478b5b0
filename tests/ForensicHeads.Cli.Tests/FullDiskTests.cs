using System.Diagnostics;

namespace ForensicHeads.Cli.Tests;

/// <summary>A file system with 5 MB: a clear error, nothing half-written, and the run goes on once there is space.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly NetworkPreset Preset = SmallNetworks.Of64 with { Name = "small", MaxChannels = 64, Embedding = 64 };

    private readonly TestCli cli = new();
    private readonly string disk;

    public FullDiskTests()
    {
        disk = Directory.CreateDirectory(cli["disk"]).FullName;
        if (Run("mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", disk)) return;
        cli.Dispose();
        Assert.Skip("needs the right to mount a tmpfs");
    }

    public void Dispose()
    {
        Run("umount", "-l", disk);
        cli.Dispose();
    }

    [Fact]
    public async Task A_store_that_does_not_fit_is_an_error_that_leaves_nothing()
    {
        string[] command = ["procedural", "--identities", "2", "--videos", "2", "--frames", "100", "--size", "128", "--out"];
        await Fails([.. command, Path.Combine(disk, "store")]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
        Grow();
        await cli.Succeed([.. command, Path.Combine(disk, "store")]);
        await cli.Succeed([.. command, cli["store"]]);
        foreach (var file in new[] { "index.parquet", "shards/000000.tar" }) Assert.Equal(
            Hashes.OfFile(cli[$"store/{file}"]), Hashes.OfFile(Path.Combine(disk, "store", file)));
    }

    [Fact]
    public async Task A_training_whose_checkpoint_does_not_fit_goes_on_from_the_last_that_did()
    {
        await cli.Succeed("procedural", "--identities", "2", "--videos", "1", "--frames", "4", "--size", "64", "--out", cli["people"]);
        using (var weights = new GeneratorWeights(Preset, 1)) weights.Save(cli["start.safetensors"], new Dictionary<string, string>());
        string[] command =
            ["train", "--data", cli["people"], "--init", cli["start.safetensors"], "--steps", "4", "--batch", "1", "--shots", "1",
            "--checkpoint-every", "1", "--threads", "1", "--out"];
        await Fails([.. command, Path.Combine(disk, "run")]);
        var left = Directory.EnumerateFiles(disk, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).ToArray();
        Assert.DoesNotContain(left, file => file.Contains(".tmp-", StringComparison.Ordinal) || file == "weights.safetensors");
        Grow();
        await cli.Succeed([.. command, Path.Combine(disk, "run"), "--resume"]);
        await cli.Succeed([.. command, cli["whole"]]);
        Assert.Equal(Hashes.OfFile(cli["whole/weights.safetensors"]), Hashes.OfFile(Path.Combine(disk, "run/weights.safetensors")));
        Assert.Equal(Hashes.OfFile(cli["whole/stats.jsonl"]), Hashes.OfFile(Path.Combine(disk, "run/stats.jsonl")));
    }

    [Fact]
    public void An_evidence_log_that_does_not_fit_keeps_its_chain()
    {
        var report = Path.Combine(disk, "report");
        using (var log = EvidenceLog.Open(report, TimeProvider.System, "results.json"))
        {
            log.Append("start", new { });
            File.WriteAllBytes(Path.Combine(disk, "filler"), new byte[4 << 20]);
            var full = (Action)(() =>
            {
                for (var i = 0; i < 100; i++) log.Append("fact", new { text = new string('x', 100_000) });
            });
            var error = Assert.Throws<UserErrorException>(full);
            Assert.Contains("free some space", error.Message, StringComparison.Ordinal);
        }

        File.Delete(Path.Combine(disk, "filler"));
        using (var log = EvidenceLog.Open(report, TimeProvider.System, "results.json")) log.Close(TestContext.Current.CancellationToken);
        Assert.True(EvidenceCheck.Of(report, cancellation: TestContext.Current.CancellationToken).Holds);
        Assert.DoesNotContain("torn", File.ReadAllText(Path.Combine(report, EvidenceLog.Name)), StringComparison.Ordinal);
    }

    private async Task Fails(string[] command)
    {
        var result = await cli.Run(command);
        Assert.Equal(1, result.Code);
        Assert.Contains("No space left on device", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("Free some space", result.ErrorLines[^1], StringComparison.Ordinal);
    }

    private void Grow() => Assert.True(Run("mount", "-o", "remount,size=200m", disk));

    private static bool Run(string program, params string[] words)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
