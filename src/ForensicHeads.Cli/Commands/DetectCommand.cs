namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect train | test | score | enroll | evaluate</c>.</summary>
internal sealed class DetectCommand : ICommandSource
{
    private static readonly ICommandSource[] Parts =
        [new DetectTrain(), new DetectTest(), new DetectScore(), new DetectEnroll(), new DetectEvaluate()];

    public CliCommand Create(CliContext context)
    {
        var group = new CliCommand("detect",
            "Trains a detector of generated faces, scores photos and videos with one, and measures what one can do.",
            "forensicheads detect score clip.mp4 --detector runs/detector");
        foreach (var part in Parts) group.Subcommands.Add(part.Create(context));
        return group;
    }
}
