namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>A detector of blurred heads, trained by the command once for all tests.</summary>
public sealed class DetectFixture : IAsyncLifetime
{
    internal TestCli Cli { get; } = new();

    internal CliResult Trained { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Cli.Succeed("procedural", "--identities", "10", "--videos", "1", "--frames", "4", "--size", "64", "--out", Cli["people"]);
        var people = FrameStore.Open(Cli["people"]);
        using (var writer = StoreWriter.Create(Cli["fakes"], people.Info with { Name = "fakes" }))
        {
            foreach (var frame in people.Frames)
            {
                var picture = people.ReadImage(frame);
                writer.Add(frame with { Origin = FrameOrigin.MadeBy("blur") with { Mode = Mode.Ff, Shots = 1 } },
                    ImageResize.Area(ImageResize.Area(picture, 32, 32), 64, 64));
            }

            writer.Complete();
        }

        Trained = await Cli
            .Succeed("detect", "train", "--real", Cli["people"], "--generated", Cli["fakes"], "--out", Cli["detector"], "--families",
            "dct_beta,npr_stats", "--trainer", "fastforest", "--trees", "10", "--near-duplicates", "ignore", "--json");
    }

    public ValueTask DisposeAsync()
    {
        Cli.Dispose();
        return ValueTask.CompletedTask;
    }
}
