using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>How <c>generate</c> computes frames.</summary>
internal sealed class RenderSettings
{
    private static readonly RenderOptions Defaults = new();
    private readonly Option<RenderRuntime> runtime = Options.Default("--runtime", Defaults.Runtime,
        "What computes the frames; the two differ by rounding alone, onnx is faster on a CPU.");
    private readonly Option<int> batch = Options.Default("--batch", Defaults.Batch, "Frames in one go.", "N");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [runtime, batch];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>What the user chose, checked; threads are those that <see cref="ComputeOptions"/> put into force.</summary>
    public RenderOptions Of(CommandRun run) =>
        new RenderOptions { Runtime = run.Get(runtime), Batch = run.Get(batch), Threads = TorchRuntime.Threads }.Validated();
}
