using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>How <c>generate</c> computes frames.</summary>
internal sealed class RenderSettings
{
    private static readonly RenderOptions Defaults = new();
    private readonly Option<RenderRuntime?> runtime = Options.Optional<RenderRuntime?>("--runtime",
        "What computes the frames; default: onnx on the CPU, where it is faster, else torch. They differ by rounding alone.", "onnx|torch");
    private readonly Option<int> batch = Options.Default("--batch", Defaults.Batch, "Frames in one go.", "N");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [runtime, batch];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>What the user chose, checked; threads are those that <see cref="ComputeOptions"/> put into force.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="compute">Where the networks run: ONNX Runtime has the CPU alone.</param>
    public RenderOptions Of(CommandRun run, Compute compute) => new RenderOptions
    {
        Runtime = run.Find(runtime) ?? (compute.Name == Compute.Cpu.Name ? RenderRuntime.Onnx : RenderRuntime.Torch),
        Batch = run.Get(batch),
        Threads = TorchRuntime.Threads,
    }.Validated();
}
