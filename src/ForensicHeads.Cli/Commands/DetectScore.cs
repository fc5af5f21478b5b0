using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect score</c>: what a detector says of photos and videos.</summary>
internal sealed class DetectScore : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var paths =
            new Argument<string[]>("PATH") { Description = "Photos, videos, and folders of them.", Arity = ArgumentArity.OneOrMore };
        var detector =
            Options.Optional<string?>("--detector", "The detector's folder; default: the one that comes with the toolkit.", "DIR");
        var report =
            Options.Optional<string?>("--report", "Write a page with timelines, key frames and explanations here, and scores.json.", "DIR");
        var models = Options.Optional<string?>("--models", "Folder to look for the face models in first.", "DIR");
        return new CliCommand("score",
            "Says how far the faces of photos and videos look generated: follows every face and asks a detector; exit code 3 if some "
            + "files were rejected. No proof of anything.",
            "forensicheads detect score clip.mp4 photo.jpg --detector runs/detector --report out/scores")
        {
            paths, detector, report, models,
        }.Runs(context, run =>
        {
            var folder = ShippedDetector.Resolve(run.Find(detector));
            var (files, leftOut) = MediaPaths.Expand(run.Get(paths), run.Warn);
            using var saved = SavedDetector.Load(folder);
            using var cropper = FaceCropper.Load(run.Find(models));
            using var landmarks = saved.Layout.HasTracks ? CropLandmarks.Load(run.Find(models)) : null;
            var options = new ScoreOptions { ExplainedTracks = run.Find(report) is null ? 0 : ScoreReport.ExplainedTracks(files.Count) };
            var scorer = new FileScorer(saved, cropper, options, landmarks);
            using var log = run.Find(report) is { } place ? ScoreLog.Open(place, run, saved, scorer.Scope, options, files.Count) : null;
            var scores = new List<FileScore>(files.Count);
            foreach (var file in files)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                scores.Add(scorer.Score(file, files.Count == 1 ? run.Progress : null, run.Cancellation));
                log?.Add(scores[^1]);
                if (files.Count > 1) run.Progress.Report(
                    new StepProgress("scoring", scores.Count, files.Count, "files", Path.GetFileName(file)));
                foreach (var line in ScoreText.Lines(scores[^1])) run.Say(line);
            }

            run.Say($"scope: {scorer.Scope}");
            var rejected = scores.Count(score => score.Status == "rejected");
            if (rejected > 0) run
                .Warn(string
                .Create(CultureInfo.InvariantCulture, $"{rejected} of {scores.Count} files were rejected; their lines say why."));
            var document = new
            {
                detector = new
                {
                    folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
                    sha256 = saved.Sha256,
                    families = saved.Manifest.Families,
                    size = saved.Manifest.Size
                },
                scope = scorer.Scope,
                files = scores,
                left_out = leftOut,
            };
            if (run.Find(report) is { } to)
            {
                run.Say($"report: {ScoreReport.Write(to, scores, saved, scorer.Scope, $"{CommandLine.Name} {run.CommandText}", document)}");
                run.Say($"head of its log: {log!.Close()}");
            }

            return new CommandOutcome(document, rejected > 0 ? 3 : 0);
        });
    }
}
