"""The model written out with dense matrices and loops: slow, plain, and independent of the room.

Follows docs/measurement.md literally, for designs of a few dozen answers.
"""

from types import SimpleNamespace

import numpy as np


def dense_fit(design, priors):
    c, r, i, x, competency = design.c, design.r, design.i, design.x, design.competency
    n_raters = design.n_raters
    g = competency[i]
    cells = sorted(set(zip(c.tolist(), r.tolist(), g.tolist(), strict=True)))
    number = {cell: k for k, cell in enumerate(cells)}
    cell = np.array([number[key] for key in zip(c.tolist(), r.tolist(), g.tolist(), strict=True)])
    K, n_items, nu = len(cells), len(competency), priors.strength

    N = np.zeros((K, n_items))
    N[cell, i] = 1
    n = N.sum(1)
    mean = np.array([x[cell == k].mean() for k in range(K)])
    t = np.array([(x - mean[cell])[i == item].sum() for item in range(n_items)])
    A = np.diag(N.sum(0)) - N.T @ np.diag(1 / n) @ N
    beta = np.linalg.solve(A + nu / 2 * np.eye(n_items), t) if nu else np.linalg.pinv(A) @ t
    beta[N.sum(0) == 0] = 0
    for one in set(competency[i].tolist()):
        mine = competency == one
        beta[mine & (N.sum(0) > 0)] -= (beta * N.sum(0))[mine].sum() / N.sum(0)[mine].sum()
    z = np.array([(x - beta[i])[cell == k].mean() for k in range(K)])

    linked_sets = len(_parts(N.T @ N, np.flatnonzero(N.sum(0))))
    df_within = len(x) - K - (int((N.sum(0) > 0).sum()) - linked_sets)
    within = ((x - beta[i] - z[cell]) ** 2).sum()
    mean_square = within / df_within if df_within > 0 else 0.0
    residual_sum, residual_df = _rater_by_item(c, r, i, x, g)
    residual = residual_sum / residual_df if residual_df else 0.0
    total = _shrink(mean_square, max(df_within, 0), priors.cell, nu)
    share = 1.0
    if residual_df:
        share = max(0, mean_square - residual) / mean_square if mean_square > 0 else 0.0
    candidate_item, noise = share * total, (1 - share) * total

    rows, y, weight = [], [], []
    for candidate in sorted(set(c.tolist())):
        raters = sorted({b for a, b, _ in cells if a == candidate})
        common = [
            one
            for one in sorted(set(g.tolist()))
            if all((candidate, rater, one) in number for rater in raters)
        ]
        if len(raters) < 2 or not common:
            continue
        for rater in raters:
            at = [number[candidate, rater, one] for one in common]
            rows.append((candidate, rater))
            y.append(z[at].mean())
            weight.append((1 / n[at]).sum() / len(common) ** 2)
    sum_rater, df_rater, trace, sse, df_halo = _henderson(rows, np.array(y), n_raters)
    mse = sse / df_halo if df_halo > 0 else None
    noise_part = float(np.mean(weight)) if weight else 1.0
    halo_raw = 0.0 if mse is None else max(0.0, mse - residual * noise_part)
    halo = _shrink(halo_raw, max(df_halo, 0), priors.halo, nu)
    error = halo + noise * noise_part if mse is None else mse
    rater_raw = max(0.0, (sum_rater - df_rater * error) / trace) if trace > 1e-12 else 0.0
    rater = _shrink(rater_raw, df_rater, priors.rater, nu)

    rated = {}
    for a, b, one in cells:
        rated.setdefault((a, b), []).append(one)
    w = 1 / np.maximum(
        [len(rated[a, b]) * halo + noise / m for (a, b, _), m in zip(cells, n, strict=True)], 0.01
    )
    groups = sorted({(a, one) for a, _, one in cells})
    X = np.array([[float((a, one) == group) for group in groups] for a, _, one in cells])
    Z = np.array([[float(b == k) for k in range(n_raters)] for _, b, _ in cells])
    rho, V = np.zeros(n_raters), np.zeros((n_raters, n_raters))
    if rater > 0:
        W = np.diag(w)
        equations = np.block(
            [[X.T @ W @ X, X.T @ W @ Z], [Z.T @ W @ X, Z.T @ W @ Z + np.eye(n_raters) / rater]]
        )
        inverse = np.linalg.inv(equations)
        V = inverse[len(groups) :, len(groups) :]
        rho = (inverse @ np.concatenate([X.T @ W @ z, Z.T @ W @ z]))[len(groups) :]
    return SimpleNamespace(
        beta=beta,
        rater=rater,
        halo=halo,
        candidate_item=candidate_item,
        residual=noise,
        rho=rho,
        V=V,
        blocks=_blocks(cells, n_raters),
        df=(df_within, residual_df, df_halo, df_rater),
    )


def dense_scores(found, design, module, knowledge=None):
    """Score, error, account and weights of leniency of every candidate."""
    c, r, i, x, competency = design.c, design.r, design.i, design.x, design.competency
    agreed = design.agreed
    G = len(module.weights)
    W = np.asarray(module.weights, float) / np.sum(module.weights)
    counts = np.ones(len(competency), bool) if module.items is None else module.items
    rows = [k for k in range(len(x)) if counts[i[k]]]
    out = []
    for candidate in range(design.n_candidates):
        mine = [k for k in rows if c[k] == candidate]
        value, parts, weights = {}, {}, {}
        for g in range(G):
            here = [k for k in mine if competency[i[k]] == g]
            if not here or len({i[k] for k in here}) < module.min_items:
                continue
            raters = sorted({r[k] for k in here})
            part = np.zeros(4)
            for rater in raters:
                of_rater = [k for k in here if r[k] == rater]
                for k in of_rater:
                    a = 1 / len(raters) / len(of_rater)
                    has = agreed is not None and not np.isnan(agreed[k])
                    part += a * np.array(
                        [
                            x[k],
                            -found.beta[i[k]],
                            0 if has else -found.rho[rater],
                            agreed[k] - x[k] if has else 0,
                        ]
                    )
                    weights.setdefault(g, []).append((k, a, has))
            parts[g], value[g] = part, part.sum()
        present = sum(W[g] for g in value)
        S, account, variance = 0.0, np.zeros((5, G)), 0.0
        u, halo, item, square = {}, {}, {}, 0.0
        for g, theta in value.items():
            w = W[g] / present if present > 0 else 0.0
            s, K, error = (0.0, 0.0, 0.0) if knowledge is None else knowledge(candidate, g)
            S += w * ((1 - s) * theta + s * K)
            account[:4, g] = w * parts[g]
            account[4, g] = w * s * (K - theta)
            variance += (w * s) ** 2 * error
            for k, a, has in weights[g]:
                omega = w * (1 - s) * a
                u[r[k]] = u.get(r[k], 0) + (0 if has else omega)
                halo[r[k]] = halo.get(r[k], 0) + omega
                item[i[k]] = item.get(i[k], 0) + omega
                square += omega**2
        variance += found.halo * sum(v**2 for v in halo.values())
        variance += found.candidate_item * sum(v**2 for v in item.values())
        variance += found.residual * square
        vector = np.zeros(len(found.rho))
        for rater, v in u.items():
            vector[rater] = v
        out.append(
            SimpleNamespace(
                score=S if present > 0 else np.nan,
                coverage=100 * present,
                own=variance,
                severity=vector @ found.V @ vector,
                u=vector,
                account=account,
                theta=value,
            )
        )
    return out


def _shrink(estimate, df, prior, nu):
    return (nu * prior**2 + df * estimate) / (nu + df) if nu + df > 0 else 0.0


def _parts(links, nodes):
    left, parts = set(map(int, nodes)), []
    while left:
        grown, edge = set(), {left.pop()}
        while edge:
            grown |= edge
            edge = {b for a in edge for b in map(int, np.flatnonzero(links[a]))} - grown
        left -= grown
        parts.append(sorted(grown))
    return parts


def _rater_by_item(c, r, i, x, g):
    total, df = 0.0, 0
    for candidate, one in set(zip(c.tolist(), g.tolist(), strict=True)):
        here = (c == candidate) & (g == one)
        raters = sorted(set(r[here].tolist()))
        items = set(i[here].tolist())
        for rater in raters:
            items &= set(i[here & (r == rater)].tolist())
        if len(raters) < 2 or len(items) < 2:
            continue
        table = np.array(
            [[x[here & (r == b) & (i == k)][0] for k in sorted(items)] for b in raters]
        )
        rest = table - table.mean(0) - table.mean(1)[:, None] + table.mean()
        total += (rest**2).sum()
        df += (len(raters) - 1) * (len(items) - 1)
    return total, df


def _henderson(rows, y, n_raters):
    if not rows:
        return 0.0, 0, 0.0, 0.0, 0
    candidates = sorted({a for a, _ in rows})
    X = np.array([[float(a == k) for k in candidates] for a, _ in rows])
    Z = np.array([[float(b == k) for k in range(n_raters)] for _, b in rows])
    without = np.eye(len(rows)) - X @ np.linalg.pinv(X)
    both = np.hstack([X, Z])
    rest = y - both @ (np.linalg.pinv(both) @ y)
    sse = rest @ rest
    rank = np.linalg.matrix_rank(both)
    trace = np.trace(Z.T @ without @ Z)
    return y @ without @ y - sse, rank - len(candidates), trace, sse, len(rows) - rank


def _blocks(cells, n_raters):
    links = np.zeros((n_raters, n_raters))
    for a, b, one in cells:
        for other, rater, two in cells:
            if (a, one) == (other, two):
                links[b, rater] = 1
    return _parts(links, sorted({b for _, b, _ in cells}))
