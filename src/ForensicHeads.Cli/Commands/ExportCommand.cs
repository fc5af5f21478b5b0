using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>export</c>: a head, or the embedder of weights, as an ONNX file.</summary>
internal sealed class ExportCommand : ICommandSource
{
    private enum Part
    {
        /// <summary>E.</summary>
        Embedder,
    }

    public CliCommand Create(CliContext context)
    {
        var headPath = Options.Optional<string?>("--head", "A head made by 'adapt': landmark images to frames of this person.", "HEAD");
        var weightsPath = Options.Optional<string?>("--weights",
            "Weights in place of --head: a run folder, a .safetensors file, or the name of shipped weights.", "RUN");
        var part = Options.Default("--part", Part.Embedder,
            "Which network of --weights; the generator needs a person, so it is exported as a head.");
        var purpose =
            Options.Default("--purpose", ConsentPurpose.SelfReenactment, "The purpose that the head's consent record must cover.", "TEXT");
        var to = Options.Required<string>("--out", "The file to write.", "FILE.onnx");
        var command = new CliCommand("export",
            "Writes a head, or the embedder, as an ONNX file; with its origin in the metadata, a head only while its consent record holds.",
            "forensicheads export --head heads/p70000.safetensors --out heads/p70000.onnx")
        {
            headPath, weightsPath, part, purpose, to,
        };
        return command.Runs(context, run =>
        {
            var path = Path.GetFullPath(run.Get(to));
            return (run.Find(headPath), run.Find(weightsPath)) switch
            {
                ({ } head, null) => Head(run, head, run.Get(purpose), path),
                (null, { } weights) => Embedder(run, weights, path),
                _ => throw new UserErrorException("Give either --head HEAD or --weights RUN, one of them.", exitCode: 2),
            };
        });
    }

    private static CommandOutcome Head(CommandRun run, string from, string purpose, string path)
    {
        using var head = HeadFile.Load(from);
        ConsentGate.CheckHead(head.Info.Consent, head.Info.Identity, purpose, run.Context.Time, from);
        var metadata = OnnxMetadata.Of(head.Info, head.Sha256);
        run.Warn(
            $"whoever holds this file can drive {head.Info.Identity} without any check; its consent record goes along in the metadata.");
        return Write(run, path, head.Head.ToOnnx(metadata), metadata);
    }

    private static CommandOutcome Embedder(CommandRun run, string from, string path)
    {
        using var weights = GeneratorWeights.Load(ShippedWeights.Resolve(from));
        var metadata = OnnxMetadata.Of(weights);
        return Write(run, path, EmbedderExport.Write(weights.Architecture.Embedder, weights.Preset.Size, weights.Embedder, metadata),
            metadata);
    }

    private static CommandOutcome Write(CommandRun run, string path, OnnxModel model, IReadOnlyDictionary<string, string> metadata)
    {
        AtomicFile.WriteBytes(path, model.Bytes);
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{metadata["kind"]}, {model.Bytes.Length / 1e6:F1} MB, {model.MultiplyAdds / 1e6:F0} million multiply-adds an item: {path}"));
        return new CommandOutcome(new { onnx = path, sha256 = Hashes.Of(model.Bytes), multiply_adds = model.MultiplyAdds, metadata });
    }
}
