namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>One rendered person and their head of the shipped weights, made by the commands once for all tests.</summary>
public sealed class ExportFixture : IAsyncLifetime
{
    internal TestCli Cli { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Cli.Succeed("procedural", "--identities", "1", "--videos", "2", "--frames", "3", "--size", "64", "--out", Cli["people"]);
        await Cli.Succeed("adapt", "--weights", "heads-64", "--shots-from", $"{Cli["people"]}:p70000-v0", "--shots", "2", "--mode", "ff",
            "--out", Cli["head.safetensors"]);
    }

    public ValueTask DisposeAsync()
    {
        Cli.Dispose();
        return ValueTask.CompletedTask;
    }
}
