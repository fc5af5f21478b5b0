namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>Two rendered people and weights of three steps, made by the commands once for all tests.</summary>
public sealed class PipelineFixture : IAsyncLifetime
{
    internal TestCli Cli { get; } = new();

    internal CliResult Trained { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Cli.Succeed("procedural", "--identities", "2", "--videos", "2", "--frames", "4", "--size", "64", "--out", Cli["people"]);
        Trained = await Cli
            .Succeed("train", "--data", Cli["people"], "--preset", "heads-64", "--steps", "3", "--batch", "2", "--shots", "1", "--out",
            Cli["run"], "--half", "--held-out", Cli["people"], "--json");
    }

    public ValueTask DisposeAsync()
    {
        Cli.Dispose();
        return ValueTask.CompletedTask;
    }
}
