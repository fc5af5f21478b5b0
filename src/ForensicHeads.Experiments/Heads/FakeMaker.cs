using System.Globalization;

namespace ForensicHeads.Experiments.Heads;

/// <summary>Makes fakes of everybody in a store who may be generated: one store, driven by the people's own frames, provenance in its index
/// and no mark in its pixels, a data sheet beside it.</summary>
/// <remarks>Each person's fakes are kept in a folder beside the store until all are done, so that a run that was killed is taken
/// up.</remarks>
/// <param name="request">Which fakes.</param>
/// <param name="source">The store of real frames.</param>
/// <param name="time">The clock against which consent is judged.</param>
public sealed class FakeMaker(FakeRequest request, FrameStore source, TimeProvider time)
{
    // Raise it when the same inputs would give other frames.
    private const string CodeVersion = "fakes-1";

    private readonly FakeRequest request = request.Validated();

    /// <summary>Where, and in which numbers, networks learn and render.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Where the networks of content losses lie.</summary>
    public ContentLossFiles ContentFiles { get; init; } = ShippedFaces.ContentLoss();

    /// <summary>Takes what the user should know, one line each.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Folders in which other machines made fakes for this store, by <see cref="MakePart"/>; who is missing there is made
    /// here.</summary>
    public IReadOnlyList<string?> Finished { get; init; } = [];

    /// <summary>Makes the store; who of those that may be generated was left out stands in its list of rejected inputs. One that was made
    /// by the same request from the same frames, on the same consent records, is taken as it is.</summary>
    /// <exception cref="UserErrorException">Nobody may be generated, weights are missing, frames are too small, or the target cannot be
    /// written.</exception>
    public FrameStore Make(string path, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        Make(path, null, progress, cancellation)!;

    /// <summary>Makes the fakes of some of the people, a store for each in the folder; <see cref="Finished"/> of a later run takes them
    /// over.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="part">Which people.</param>
    /// <param name="progress">People done.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <inheritdoc cref="Make(string, IProgress{StepProgress}, CancellationToken)"/>
    public void MakePart(string path, WorkPart part, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        Make(path, part, progress, cancellation);

    private FrameStore? Make(string path, WorkPart? part, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using var programs = new OpenPrograms(request.Files);
        GeneratorEntry[] chosen = [.. request.Own, .. programs.All];
        if (programs.All.FirstOrDefault(one => !request.Shots.ShotCounts.Any(one.Takes)) is { } idle) throw new UserErrorException(
            $"{idle.Name} takes {string.Join(", ", idle.ShotCounts)} shots, and --shots asks for "
            + $"{string.Join(", ", request.Shots.ShotCounts)}. Ask for one that it takes.", exitCode: 2);
        var tunes = request.Modes.Contains(Mode.Ft) && request.Own.Any(generator => generator.Modes.Contains(Mode.Ft));
        if (tunes) ContentLosses.Require(request.Adapt.Content, ContentFiles);
        using var weights = request.NeedsNetworks ? GeneratorWeights.Load(ShippedWeights.Resolve(request.Weights)) : null;
        using var autoEncoder = request.Own.Any(generator => generator.NeedsAutoEncoder)
            ? FrameAutoEncoder.Load(ShippedWeights.Resolve(request.AutoEncoder, weights!.Preset.Size), weights.Preset) : null;
        weights?.To(Compute);
        autoEncoder?.To(Compute);
        if (tunes && weights!.FineTuningDoubt is { } doubt) Warn?.Invoke($"{request.Weights} was {doubt} (--modes ff).");
        var size = weights?.Preset.Size ?? request.Size ?? source.Info.Size;
        if (source.Info.Size < size) throw new UserErrorException(
            $"{source.Path} holds frames of {source.Info.Size} px, and fakes of {size} px were asked for; true frames are never "
            + $"enlarged. Make the store with --size {size} or more.");
        var leftOut = new List<RejectedInput>();
        var people = People(size, leftOut, cancellation);
        if (people.Count == 0) throw new UserErrorException(
            $"Nobody in {source.Path} can be generated: look at its {ConsentFile.Name} and the column may_generate."
            + (request.NeedsShots
                ? $" A person needs {request.Shots.DriverFrames} driver frames in a row beside the shots; --driver-frames asks for fewer."
                : ""));
        var frames = people.SelectMany(one => source.FramesOf(one.Person)).ToArray();
        string[] seen = [.. LearntPeople.Among([weights?.Learnt, autoEncoder?.Learnt], frames)];
        if (LearntPeople.Doubt(seen, request.Weights) is { } known) Warn?.Invoke(known);
        ConsentRecord[] records = [.. ConsentFile.Read(source).Where(record => people.Any(one => one.Person == record.Identity))];
        var info = Info(size, weights, autoEncoder, seen, programs);
        var tools = new GeneratorTools
        {
            Weights = weights,
            AutoEncoder = autoEncoder,
            Adapt = request.Adapt,
            ContentFiles = ContentFiles,
            Compute = Compute,
        };
        var target = ChosenPath.Of(path);
        if (part is not null)
        {
            Everybody([.. people.Where((_, i) => part.Takes(i))], OwnFiles.CreateFolder(target.Folder, target.Name));
            return null;
        }

        if (FinishedStore.Find(path, info.Arguments) is { } finished)
        {
            if (ConsentFile.ToJson(ConsentFile.Read(finished)) == ConsentFile.ToJson(records)) return DataSheet.Beside(finished);
            throw new UserErrorException(
                $"{path} already holds these fakes, but made on other consent records than {source.Path} has now: {ConsentFile.Name} has "
                + "changed, or a record has ended. Remove the folder to make them of those who agree now, or choose another --out.");
        }

        using var writer = StoreWriter.Create(path, info);
        foreach (var one in leftOut) writer.Reject(one);
        var work = OwnFiles.CreateFolder(target.Folder, target.Name + ".fakes");
        var set = new PersonSet(source, request);
        foreach (var one in Everybody(people, work))
        {
            set.Write(writer, one, cancellation);
            foreach (var line in one.ReadRejected()) writer.Reject(line);
        }

        writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson(records));
        var shown = people.Select(one => one.Person).ToHashSet(StringComparer.Ordinal);
        foreach (var split in source.Splits) writer.WriteSplit(split.Among(shown));
        var store = DataSheet.Beside(writer.Complete());
        OwnFiles.Delete(target.Folder, target.Name + ".fakes");
        return store;

        FrameStore[] Everybody(List<(string Person, PersonPlan? Plan)> some, string folder)
        {
            var made = new FrameStore[some.Count];
            var done = 0;
            OneThreadEach.Run(some.Count, Compute, i =>
            {
                var (person, plan) = some[i];
                made[i] = Person(person, plan, new ChosenPath(folder, Hashes.OfText(person)[..16]), info, tools, chosen, cancellation);
                progress?.Report(new StepProgress("making fakes", Interlocked.Increment(ref done), some.Count, "people"));
            }, cancellation);
            return made;
        }
    }

    // Everybody whom a method can show; who may be generated and cannot be is noted. Blends need a frame and no shots.
    private List<(string Person, PersonPlan? Plan)> People(int size, List<RejectedInput> leftOut, CancellationToken cancellation)
    {
        var plans = request.NeedsShots
            ? new ShotPlans(request.Shots, source, time).Make(size, LeaveOut, cancellation)
            : new Dictionary<string, PersonPlan>();
        if (!request.Own.Any(generator => generator.StandsIn)) return [.. plans.Select(plan => (plan.Key, (PersonPlan?)plan.Value))];
        var people = new List<(string, PersonPlan?)>();
        foreach (var person in source.Identities.Order(StringComparer.Ordinal)
            .Where(person => source.FramesOf(person).Any(frame => frame.MayGenerate && frame.IsReal)))
        {
            var refusal = ConsentGate.Refusal(source, person, ConsentPurpose.SelfReenactment, time);
            if (refusal is null) people.Add((person, plans.GetValueOrDefault(person)));
            else if (!request.NeedsShots) LeaveOut(person, refusal);
        }

        return people;

        void LeaveOut(string person, string why) =>
            leftOut.Add(
                new RejectedInput(source.Info.Name, person, why, "Mend the consent record, or ask for fewer shots or driver frames."));
    }

    private FrameStore Person(string person, PersonPlan? plan, ChosenPath folder, StoreInfo whole, GeneratorTools tools,
        GeneratorEntry[] chosen, CancellationToken cancellation)
    {
        var info = whole with { Name = $"fakes of {person}", Arguments = [.. whole.Arguments, person, plan?.Hash() ?? ""] };
        foreach (var place in Finished.OfType<string>().Prepend(folder.Folder))
            if (FinishedStore.Find(Path.Combine(place, folder.Name), info.Arguments) is { } finished) return finished;
        OwnFiles.Delete(folder.Folder, folder.Name);
        using var writer = StoreWriter.Create(folder.Full, info);
        var frames = new MadeFrames(tools, request.Shots.Seed);
        // A frame that stands in stands where its own stood, and is driven by it: so nothing but the making tells the two apart.
        foreach (var generator in chosen.Where(generator => generator.StandsIn))
        {
            var own = source.FramesOf(person).Where(frame => frame.IsReal).OrderBy(frame => frame.Video, StringComparer.Ordinal)
                .ThenBy(frame => frame.Track).ThenBy(frame => frame.FrameNumber);
            var spread = Evenly.Spread<FrameRecord>([.. own], request.Blends).Select(Resized);
            frames.WriteOver(writer, person, [.. spread], frame =>
                ImageResize.Area(source.ReadImage(frame), whole.Size, whole.Size), generator, cancellation);
        }

        if (plan is not null)
        {
            var makings = chosen.Where(generator => !generator.StandsIn)
                .SelectMany(one => Making.Of(one, one is ProgramGenerator ? one.Modes : request.Modes));
            frames.Write(plan, plan.Drivers(), [.. makings], _ => writer, [], null, cancellation);
        }

        return writer.Complete();

        FrameRecord Resized(FrameRecord frame) => frame with { Landmarks = frame.Landmarks.Resize(source.Info.Size, whole.Size) };
    }

    private StoreInfo Info(int size, GeneratorWeights? weights, FrameAutoEncoder? autoEncoder, string[] seen, OpenPrograms programs)
    {
        var about = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["source_store_sha256"] = source.ContentHash,
            ["tool_version"] = ExperimentEnvironment.ToolVersion,
        };
        if (Compute.Name != Compute.Cpu.Name) about["device"] = Compute.Name;
        if (!request.Balance) about["digital_source_type"] = Provenance.TrainedAlgorithmicMedia;
        return source.Info with
        {
            Name = $"fakes of {source.Info.Name}",
            Size = size,
            Arguments =
            [
                "datasets", "fakes", CodeVersion, $"{source.Info.Name}@{source.ContentHash}", weights?.Sha256 ?? "",
                autoEncoder?.Sha256 ?? "",
                CanonicalJson.ToLine(
                    request with { Methods = [.. request.Own.Select(one => one.Name), .. programs.All.Select(one => one.Key)] }),
            ],
            LicenceSummary = string.Join("; ", programs.All.Select(one => $"{one.Title}: {one.Licence}")
                .Prepend($"generated from: {source.Info.LicenceSummary}")),
            Properties = LearntPeople.Noting(seen, about),
        };
    }
}
