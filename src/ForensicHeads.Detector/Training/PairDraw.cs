namespace ForensicHeads.Detector.Training;

/// <summary>
/// Draws pairs of a generated and a real frame. Every person has the same chance, and of a person every mode and shot count; a person who
/// has frames of both classes gives both frames of the pair, so that who it is tells nothing.
/// </summary>
internal sealed class PairDraw
{
    private readonly Side generated;
    private readonly Side real;

    /// <summary>Sorts the frames.</summary>
    /// <exception cref="UserErrorException">A class is missing, or a weight is not above 0.</exception>
    public PairDraw(IReadOnlyList<TrainingFrame> frames)
    {
        if (frames.FirstOrDefault(frame => !(frame.Weight > 0) || float.IsInfinity(frame.Weight)) is { } bad)
            throw new UserErrorException(FormattableString.Invariant(
                $"Frame {bad.Key} has weight {bad.Weight}; weights must be finite and above 0."));
        generated = new Side(frames, isGenerated: true);
        real = new Side(frames, isGenerated: false);
        if (generated.People.Length == 0 || real.People.Length == 0)
            throw new UserErrorException(
                $"The training frames show {real.People.Length} people in real and {generated.People.Length} in generated frames; both "
                + "must be above 0. Check the stores and the split.");
    }

    /// <summary>Draws a pair.</summary>
    /// <param name="number">Even numbers start from a person with generated frames, odd ones from one with real frames, so that nobody is
    /// left out.</param>
    /// <param name="random">The pair's own stream.</param>
    public (TrainingFrame Generated, TrainingFrame Real) Draw(int number, SeededRandom random)
    {
        var (first, second) = number % 2 == 0 ? (generated, real) : (real, generated);
        var person = random.Pick(first.People);
        var partner = second.Has(person) ? person : random.Pick(second.People);
        var (one, other) = (first.Draw(person, random), second.Draw(partner, random));
        return one.Generated ? (one, other) : (other, one);
    }

    private sealed class Side
    {
        private readonly Dictionary<string, TrainingFrame[][]> cells;

        public Side(IReadOnlyList<TrainingFrame> frames, bool isGenerated)
        {
            cells = frames.Where(frame => frame.Generated == isGenerated).GroupBy(frame => frame.Identity, StringComparer.Ordinal)
                .ToDictionary(person => person.Key,
                person =>
                    person.GroupBy(frame => (frame.Origin.Mode, frame.Origin.Shots, frame.Share)).Select(cell => cell.ToArray()).ToArray(),
                StringComparer.Ordinal);
            People = [.. cells.Keys.Order(StringComparer.Ordinal)];
        }

        public string[] People { get; }

        public bool Has(string person) => cells.ContainsKey(person);

        public TrainingFrame Draw(string person, SeededRandom random)
        {
            var cell = random.Pick(cells[person]);
            var at = random.Uniform(0, cell.Sum(frame => (double)frame.Weight));
            foreach (var frame in cell)
            {
                at -= frame.Weight;
                if (at < 0) return frame;
            }

            return cell[^1];
        }
    }
}
