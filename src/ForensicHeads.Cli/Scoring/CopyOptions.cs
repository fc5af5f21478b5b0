using System.CommandLine;

namespace ForensicHeads.Cli.Scoring;

/// <summary>What a detector learns from besides the clips: options of <c>detect train</c> and <c>detect evaluate</c>.</summary>
internal sealed class CopyOptions
{
    /// <summary><c>--copies</c>.</summary>
    public Option<string[]?> Copies { get; } = Options.Optional<string[]?>("--copies",
        $"Learn from copies of the training clips, too: {TeachingCopies.Changed} (every frame under JPEG, size, blur, noise, brightness or "
        + $"contrast), {TeachingCopies.Recompressed} (x264 of successive frames), {TeachingCopies.SelfBlended} and "
        + $"{TeachingCopies.Decoded} (pseudo-fakes of the real clips). Default: none.", "NAME", TeachingCopies.All);

    /// <summary><c>--decoders</c>.</summary>
    public Option<string?> Decoders { get; } = Options.Optional<string?>("--decoders",
        $"Weights for --copies {TeachingCopies.Decoded}, by 'train --network {PlainNetworks.Decoders}' from people who take no part.",
        "WEIGHTS");

    /// <summary>What was asked for.</summary>
    public TeachingCopies Of(CommandRun run, long seed, Compute compute) =>
        new() { Names = run.Find(Copies) ?? [], Decoders = run.Find(Decoders), Seed = seed, Compute = compute };
}
