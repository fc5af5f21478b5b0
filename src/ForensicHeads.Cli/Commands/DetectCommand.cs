using ForensicHeads.Cli.Frame;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect train | score</c>.</summary>
internal sealed class DetectCommand : ICommandSource
{
    private static readonly ICommandSource[] Parts = [new DetectTrain(), new DetectScore()];

    public CliCommand Create(CliContext context)
    {
        var group = new CliCommand("detect", "Trains a detector of generated faces, and scores photos and videos with one.", "forensicheads detect score clip.mp4 --detector runs/detector");
        foreach (var part in Parts) group.Subcommands.Add(part.Create(context));
        return group;
    }
}
