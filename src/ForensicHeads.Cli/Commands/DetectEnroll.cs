using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect enroll</c>: keeps how a person looks, so that clips can be asked whether they show them.</summary>
internal sealed class DetectEnroll : ICommandSource
{
    private const int DefaultFrames = 5;

    public CliCommand Create(CliContext context)
    {
        var paths = new Argument<string[]>("PHOTO")
        {
            Description = "Photos of one person, folders of them, or videos; one face in each.",
            Arity = ArgumentArity.OneOrMore,
        };
        var consent = new GivenConsent("PHOTO");
        var to = Options.Required<string>("--out", "The person file to write.", "FILE");
        var network = Options.Default("--network", RecogniserDesign.MobileFace.Name,
            "The recogniser, from 'models fetch'.", among: [.. RecogniserDesign.All.Select(design => design.Name)]);
        var frames = Options.Default("--frames", DefaultFrames, "Frames taken from each video, evenly spread.", "N");
        var unlike = Options.Switch("--unlike", "Take references that look like two people, too.");
        var models = Options.Optional<string?>("--models", "Folder to look for the face models in first.", "DIR");
        var command = new CliCommand("enroll",
            "Keeps how a person looks: from photos or videos, for 'detect score --person'; only with a consent record that covers "
            + $"'{ConsentPurpose.Protection}'.",
            "forensicheads detect enroll anna-1.jpg anna-2.jpg anna-3.jpg --identity anna --consent anna.json --out anna.person")
        {
            paths, to, network, frames, unlike, models,
        };
        consent.AddTo(command);
        return command.Runs(context, run =>
        {
            var (records, who, where) = consent.Read(run);
            var record = ConsentGate.Check(records, who, ConsentPurpose.Protection, run.Context.Time, where);
            OptionCheck.Between("enrolment", 1, PersonEnrolment.MostReferences, (frames.Name, run.Get(frames)));
            var (files, leftOut) = MediaPaths.Expand(run.Get(paths), run.Warn);
            var design = RecogniserDesign.ByName(run.Get(network));
            using var recogniser = FaceRecogniser.Load(design, run.Find(models));
            using var cropper = FaceCropper.Load(run.Find(models));
            var calibration = PersonCalibration.Of(design);
            var person = new PersonEnrolment(new PersonMedia(recogniser, cropper), calibration)
            {
                FramesPerVideo = run.Get(frames),
                TakesUnlike = run.Get(unlike),
            }.Enroll(files, record, CliContext.ToolVersion, run.Warn, run.Progress, run.Cancellation);
            var path = Path.GetFullPath(run.Get(to));
            person.Save(path);
            run.Say(string.Create(CultureInfo.InvariantCulture,
                $"{person.Identity}: {person.References.Count} reference(s) by {person.Network}"
                + $"{(person.Spread is { } spread ? $", cosine {spread.Mean:0.000} ± {spread.Deviation:0.000} among them" : "")}: {path}"));
            run.Say($"{calibration.Describe()}.");
            run.Say("no picture is in the file, but it tells the person again: keep it as you keep a photo.");
            return new CommandOutcome(new
            {
                person = path,
                sha256 = Hashes.OfFile(path),
                identity = person.Identity,
                network = person.Network,
                network_sha256 = person.NetworkSha256,
                spread = person.Spread,
                references = person.References.Select(one => new { one.Source, one.Sha256, one.Frame, one.Reduction }),
                left_out = leftOut,
            });
        });
    }
}
