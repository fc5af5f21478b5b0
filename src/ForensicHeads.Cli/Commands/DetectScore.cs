using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect score</c>: what a detector, or references of a person, say of photos and videos.</summary>
internal sealed class DetectScore : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var paths =
            new Argument<string[]>("PATH") { Description = "Photos, videos, and folders of them.", Arity = ArgumentArity.OneOrMore };
        var detector =
            Options.Optional<string?>("--detector",
                $"The detector's folder, a shipped one's name (detector-1), or a detector of others (NAME{DetectorFile.Ending}); default: "
                + "the last that is shipped.", "DIR");
        var person = Options.Optional<string?>("--person",
            "Ask whether the files show the person of this file, which 'detect enroll' wrote; in place of a detector.", "FILE");
        var report =
            Options.Optional<string?>("--report", "Write a page with timelines, key frames and explanations here, and scores.json.", "DIR");
        var models = Options.Optional<string?>("--models", "Folder to look for the face models in first.", "DIR");
        var form = Options.Default("--format", ScoreForm.Text,
            "text: sentences; csv and parquet: a row a file; json: every frame, as --json.");
        var to = Options.Optional<string?>("--out", "The file of --format csv or parquet; csv goes to standard output without it.", "FILE");
        return new CliCommand("score",
            "Says how far the faces of photos and videos look generated: follows every face and asks a detector, or with --person whether "
            + "they show that person; exit code 3 if some files were rejected. No proof of anything.",
            "forensicheads detect score clip.mp4 photo.jpg --detector runs/detector --report out/scores")
        {
            paths, detector, person, report, form, to, models,
        }.Runs(context, run =>
        {
            if (run.Get(form) == ScoreForm.Parquet && run.Find(to) is null)
                throw new UserErrorException("--format parquet needs --out FILE.parquet; a terminal cannot show it.", exitCode: 2);
            if (run.Get(form) is ScoreForm.Text or ScoreForm.Json && run.Find(to) is not null)
                throw new UserErrorException("--out is the file of --format csv or parquet; name one of these, or leave --out out.",
                    exitCode: 2);
            if (run.Find(person) is not null && run.Find(detector) is not null) throw new UserErrorException(
                "--person and --detector are two questions: whom a file shows, and how it was made. Ask one at a time.", exitCode: 2);
            var (files, leftOut) = MediaPaths.Expand(run.Get(paths), run.Warn);
            LabelledFiles[] labelled = [.. run.Get(paths).Where(Directory.Exists).Select(LabelledFiles.Of).OfType<LabelledFiles>()];
            var options = new ScoreOptions { ExplainedTracks = run.Find(report) is null ? 0 : ScoreReport.ExplainedTracks(files.Count) };
            using IFileJudge judge = run.Find(person) is { } known
                ? new PersonJudge(known, run.Find(models), options, run.Context.Time)
                : run.Find(detector) is { } foreign && DetectorFile.IsOne(foreign) ? new ForeignJudge(foreign, run.Find(models), options)
                : new DetectorJudge(ShippedDetector.Resolve(run.Find(detector)), run.Find(models), options);
            run.Say($"before you read a verdict: {judge.Worth}");
            using var log = run.Find(report) is { } at ? ScoreLog.Open(at, run, judge, files.Count) : null;
            var scores = new List<FileScore>(files.Count);
            foreach (var file in files)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                scores.Add(judge.Score(file, files.Count == 1 ? run.Progress : null, run.Cancellation));
                log?.Add(scores[^1]);
                if (files.Count > 1) run.Progress.Report(
                    new StepProgress("scoring", scores.Count, files.Count, "files", Path.GetFileName(file)));
                foreach (var line in ScoreText.Lines(scores[^1])) run.Say(line);
            }

            run.Say($"scope: {judge.Scope}");
            var rejected = scores.Count(score => score.Status == "rejected");
            if (rejected > 0) run
                .Warn(string
                .Create(CultureInfo.InvariantCulture, $"{rejected} of {scores.Count} files were rejected; their lines say why."));
            var test = labelled.Length == 0 || judge is not DetectorJudge asked ? null
                : new LabelledFiles(labelled.SelectMany(one => one.Said).DistinctBy(one => one.Key).ToDictionary())
                    .Test(asked.Saved, asked.Name, scores);
            if (test is not null) run.SayText(test.Table);
            var document = new
            {
                detector = judge is not DetectorJudge { Name: var folder, Saved: var saved } ? null : new
                {
                    folder,
                    sha256 = saved.Sha256,
                    families = saved.Manifest.Families,
                    size = saved.Manifest.Size
                },
                foreign = judge is not ForeignJudge { Detector: var other } ? null : new
                {
                    name = other.File.Name,
                    version = other.File.Version,
                    sha256 = other.Sha256,
                    licence = other.File.Licence,
                    trained_on = other.File.TrainedOn,
                },
                person = judge is not PersonJudge { Enrolled: var held, Sha256: var hash } ? null : new
                {
                    identity = held.Identity,
                    sha256 = hash,
                    network = held.Network,
                    network_sha256 = held.NetworkSha256,
                    references = held.References.Count,
                    llr_lower = judge.Calibrator?.LowerBound,
                    llr_upper = judge.Calibrator?.UpperBound,
                },
                worth = judge.Worth,
                scope = judge.Scope,
                tests = test?.Results.Tests,
                files = scores,
                left_out = leftOut,
            };
            if (run.Find(report) is { } place)
            {
                var command = $"{CommandLine.Name} {run.CommandText}";
                run.Say($"report: {ScoreReport.Write(place, scores, judge, command, document)}");
                if (test is not null)
                    run.Say($"labels: {test.Write(Path.Combine(place, "labels"), $"./{CommandLine.Name} {run.CommandText}")}");
                run.Say($"head of its log: {log!.Close()}");
            }

            var table = ScoreTable.Write(run, run.Get(form), run.Find(to), scores,
                file => labelled.Select(one => one.LabelOf(file.File)).FirstOrDefault(label => label is not null));
            return new CommandOutcome(document, rejected > 0 ? 3 : 0)
            {
                Text = run.Get(form) == ScoreForm.Json ? PrintedText.Json(CanonicalJson.ToText(document)) : table,
            };
        });
    }
}
