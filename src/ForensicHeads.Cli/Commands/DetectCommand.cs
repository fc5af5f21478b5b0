namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect train | test | score | enroll | evaluate</c>.</summary>
internal sealed class DetectCommand : ICommandSource
{
    public CliCommand Create(CliContext context) => new CliCommand("detect",
        "Trains a detector of generated faces, scores photos and videos with one, and measures what one can do.",
        "forensicheads detect score clip.mp4 --detector runs/detector")
        .Groups(context, new DetectTrain(), new DetectTest(), new DetectScore(), new DetectEnroll(), new DetectEvaluate());
}
