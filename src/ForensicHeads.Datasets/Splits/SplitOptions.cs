using System.Globalization;
namespace ForensicHeads.Datasets.Splits;

/// <summary>How many people each role gets: all counts (numbers of 1 or more), or all fractions of the people at hand (below 1).</summary>
public sealed record SplitOptions
{
    /// <summary>The split's name.</summary>
    public string Name { get; init; } = "default";

    /// <summary>Seed of the draw.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>People for meta-learning; ignored where <see cref="GeneratorEqualsTrain"/>.</summary>
    public double Generator { get; init; } = 0.4;

    /// <summary>People for training the detector.</summary>
    public double Train { get; init; } = 0.2;

    /// <summary>People for validation.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>People for calibration.</summary>
    public double Calibration { get; init; } = 0.1;

    /// <summary>People for testing.</summary>
    public double Test { get; init; } = 0.2;

    /// <summary>Lets the generator learn from the detector's training people; the split file records it.</summary>
    public bool GeneratorEqualsTrain { get; init; }

    /// <summary>The roles that get people, with their count or fraction.</summary>
    internal IReadOnlyList<(SplitRole Role, double Amount)> Amounts
    {
        get
        {
            (SplitRole, double)[] all =
            [
                (SplitRole.Generator, Generator), (SplitRole.Train, Train), (SplitRole.Validation, Validation),
                (SplitRole.Calibration, Calibration), (SplitRole.Test, Test),
            ];
            return [.. all.Where(pair => !GeneratorEqualsTrain || pair.Item1 != SplitRole.Generator)];
        }
    }

    /// <summary>Checks the amounts once, before anything is drawn.</summary>
    internal void Validate()
    {
        var amounts = Amounts;
        foreach (var (role, amount) in amounts)
        {
            if (!double.IsFinite(amount) || amount < 0 || (amount > 1 && amount != Math.Floor(amount)))
            {
                throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
                    $"{amount} is not an amount for the role {role}; give a whole number of people, or a fraction from 0 to 1 for all "
                    + $"roles."), exitCode: 2);
            }
        }

        // 0 fits both readings; a 1 among fractions would be everybody.
        if (amounts.Any(pair => pair.Amount is > 0 and < 1) && amounts.Any(pair => pair.Amount >= 1))
        {
            throw new UserErrorException(
                "The roles' amounts mix fractions and counts. Give all as fractions below 1, or all as whole numbers of people.",
                exitCode: 2);
        }

        var sum = amounts.Sum(pair => pair.Amount);
        if (sum <= 0) throw new UserErrorException("Every role's amount is 0. Give at least one role some people.", exitCode: 2);
        if (amounts.Any(pair => pair.Amount is > 0 and < 1) && sum > 1 + 1e-9)
        {
            throw new UserErrorException(FormattableString.Invariant(
                $"The roles' fractions add up to {sum:0.###}; at most 1 is allowed. Lower some of them."), exitCode: 2);
        }
    }
}
